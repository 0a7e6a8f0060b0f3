// Optimize-ChatKitArchive: drops superseded versions, merges small parts, and compresses.
using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Makes an archive smaller. To drop versions cannot be undone, so it asks first; to merge and to compress can be, and
/// it does not ask.
/// </summary>
[Cmdlet(
    VerbsCommon.Optimize,
    "ChatKitArchive",
    DefaultParameterSetName = DropSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ChatKitArchiveOptimization))]
public sealed class OptimizeChatKitArchiveCommand : ArchiveCommand
{
    private const string DropSet = "Drop";
    private const string KeepSet = "Keep";

    /// <summary>
    /// Drops only versions that were superseded before this moment: as of it and of any later one the archive stays
    /// what it is. A date without a zone is local.
    /// </summary>
    [Parameter(ParameterSetName = DropSet)]
    [MomentTransformation]
    [ValidateNotNull]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Drops no version: merges and compresses only.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeepSet)]
    [RefuseNull]
    public SwitchParameter KeepVersions { get; set; }

    /// <summary>Writes parts as gzip. Parts that are gzip stay so in any case.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter Compress { get; set; }

    /// <summary>Finds what can be smaller, asks where versions go, and makes it so.</summary>
    protected override void ProcessRecord()
    {
        string folder = ResolvePath(Path);
        ChatKitArchiveCompactionOptions options = new()
        {
            Before = Before,
            KeepVersions = KeepVersions,
            Compress = Compress,
        };
        ReadProgress bytes = new();
        WorkProgress progress = new(this, "Optimizing the archive", null, () => null) { State = bytes.ToState };
        var clock = Stopwatch.StartNew();
        try
        {
            using ChatKitArchiveCompaction compaction = progress.WaitFor(
                Task.Run(() => ChatKitArchiveCompaction.Open(folder, options, bytes.Add, StopToken)), StopToken);
            string what = ArchiveSteps.Describe(compaction);
            if (what.Length == 0)
            {
                WriteVerbose(PrintableText.OneLine($"There is nothing to optimize in '{folder}'."));
            }
            else if (!MayGoOn(compaction, folder, what))
            {
                return;
            }
            else
            {
                progress.WaitFor(Task.Run(() => Run(compaction)), StopToken);
            }

            WriteObject(new ChatKitArchiveOptimization(folder, compaction, clock.Elapsed));
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

    private bool Run(ChatKitArchiveCompaction compaction)
    {
        compaction.Run(StopToken);
        return true;
    }

    /// <summary>
    /// Whether it is to be done. What loses nothing is asked for only where somebody asked to be asked.
    /// </summary>
    private bool MayGoOn(ChatKitArchiveCompaction compaction, string folder, string what)
    {
        bool isAsked = compaction.VersionsToDrop > 0 ||
            MyInvocation.BoundParameters.ContainsKey("Confirm") ||
            IsWhatIf() ||
            (GetVariableValue("ConfirmPreference") is { } preference &&
                LanguagePrimitives.TryConvertTo(preference, out ConfirmImpact impact) &&
                impact is ConfirmImpact.Low or ConfirmImpact.Medium);
        return !isAsked || ShouldProcess(folder, what);
    }

    private bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
            ? LanguagePrimitives.IsTrue(given)
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
