// What the cmdlets share that read an archive whole.
using System;
using System.Management.Automation;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// A cmdlet that reads archives from the first byte to the last. One that cannot be read is an error, and the next
/// follows.
/// </summary>
public abstract class ArchiveCommand : ChatKitCommand
{
    /// <summary>The folder of the archive.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Reads, shows how far it has come, and writes the result.</summary>
    /// <param name="activity">What is done, in words.</param>
    /// <param name="read">Does it, on another thread; is given the folder, and whom to tell of the bytes read.</param>
    private protected void Write<T>(string activity, Func<string, Action<long, long>, T> read)
    {
        string folder = ResolvePath(Path);
        ReadProgress bytes = new();
        WorkProgress progress = new(this, activity, null, () => null) { State = bytes.ToState };
        try
        {
            T result = progress.WaitFor(Task.Run(() => read(folder, bytes.Add)), StopToken);
            WriteObject(result, enumerateCollection: true);
        }
        catch (ChatKitArchiveException e)
        {
            WriteError(ErrorRecords.ForArchive(e, folder));
        }
        finally
        {
            progress.Complete();
        }
    }
}
