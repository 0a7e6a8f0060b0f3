// Remove-ChatKitArchiveThread: erases threads from an archive, after asking once for all of them.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Erases threads, every version of them, from an archive. It cannot be undone, so it asks first. What is on the server
/// stays.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "ChatKitArchiveThread",
    DefaultParameterSetName = IdSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ChatKitArchiveThreadRemoval))]
public sealed class RemoveChatKitArchiveThreadCommand : ChatKitCommand
{
    private const string IdSet = "Id";
    private const string InputSet = "InputObject";
    private const string UserSet = "User";

    private readonly HashSet<string> _ids = [];

    /// <summary>The folder of the archive.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The threads to erase: ids, threads, items (for the thread they belong to), or rows of a CSV.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet)]
    [Alias("ThreadId")]
    [AllowNull]
    [AllowEmptyCollection]
    [ThreadReferenceTransformation]
    [ArgumentCompleter(typeof(ThreadIdCompleter))]
    public ChatKitThreadReference[] Id { get; set; } = [];

    /// <summary>
    /// The end users whose threads to erase: all that were theirs in any version. 1 to 512 characters each.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = UserSet)]
    [ValidateNotNullOrEmpty]
    [ValidateLength(1, 512)]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] User { get; set; } = [];

    /// <summary>
    /// What comes through the pipeline, one at a time: ids, threads, items (for the thread they belong to), or rows of
    /// a CSV.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [ThreadReferenceTransformation]
    public ChatKitThreadReference? InputObject { get; set; }

    /// <summary>
    /// Leaves no note in the manifest of which threads were erased. Then an export fetches again those that are still
    /// on the server.
    /// </summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter NoTombstone { get; set; }

    /// <summary>Gives a record of each thread that was erased, to keep as proof.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Takes the ids; the archive is read once for all of them.</summary>
    protected override void ProcessRecord()
    {
        IEnumerable<ChatKitThreadReference?> threads = ParameterSetName == InputSet ? new[] { InputObject } : Id;
        foreach (string? id in threads.Select(thread => thread?.Id))
        {
            if (string.IsNullOrWhiteSpace(id))
            {
                WriteError(UsageErrors.BlankId(id));
            }
            else
            {
                _ids.Add(id!);
            }
        }
    }

    /// <summary>Finds what is to be erased, asks, and erases it.</summary>
    protected override void EndProcessing()
    {
        // Nothing was named, so nothing is meant.
        if (_ids.Count == 0 && User.Length == 0)
        {
            return;
        }

        string folder = ResolvePath(Path);
        ReadProgress bytes = new();
        WorkProgress progress = new(this, "Erasing from the archive", null, () => null) { State = bytes.ToState };
        try
        {
            using ChatKitArchiveErasure erasure = progress.WaitFor(
                Task.Run(() => ChatKitArchiveErasure.Open(folder, _ids, User, bytes.Add, StopToken)), StopToken);
            foreach (string id in erasure.UnknownIds)
            {
                WriteError(UsageErrors.NotInArchive("thread", id, folder));
            }

            foreach (string user in erasure.UnknownUsers)
            {
                WriteError(UsageErrors.NotInArchive("thread of user", user, folder));
            }

            foreach (string id in erasure.AlreadyErased)
            {
                WriteVerbose(PrintableText.OneLine($"Thread '{id}' was erased before."));
            }

            string what = ArchiveSteps.Describe(erasure, NoTombstone);
            if (what.Length == 0 || !ShouldProcess(folder, what))
            {
                return;
            }

            DateTimeOffset now = progress.WaitFor(
                Task.Run(() => erasure.Erase(!NoTombstone, StopToken)), StopToken);
            if (PassThru)
            {
                WriteObject(
                    erasure.Threads.Select(thread => new ChatKitArchiveThreadRemoval(thread, now, folder)),
                    enumerateCollection: true);
            }
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
