// What the cmdlets share that read an archive whole.
using System;
using System.Management.Automation;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>A cmdlet that reads an archive from its first byte to its last.</summary>
public abstract class ArchiveCommand : ChatKitCommand
{
    /// <summary>The folder of the archive.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Reads, and shows how far it has come.</summary>
    /// <param name="activity">What is done, in words.</param>
    /// <param name="read">Does it, on another thread; is given the folder, and whom to tell of the bytes read.</param>
    private protected T Read<T>(string activity, Func<string, Action<long, long>, T> read)
    {
        string folder = ResolvePath(Path);
        BytesRead bytes = new();
        WorkProgress progress = new(this, activity, null, () => null) { State = bytes.ToState };
        try
        {
            T result = progress.WaitFor(Task.Run(() => read(folder, bytes.Add)), StopToken);
            progress.Complete();
            return result;
        }
        catch (ChatKitArchiveException e)
        {
            ThrowTerminatingError(ErrorRecords.ForArchive(e, folder));
            throw;
        }
    }
}
