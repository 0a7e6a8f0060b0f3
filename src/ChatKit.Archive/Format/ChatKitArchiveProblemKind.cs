// The kinds of problem that an archive can have.
namespace ChatKit.Archive;

/// <summary>What kind of problem an archive has.</summary>
public enum ChatKitArchiveProblemKind
{
    /// <summary>The archive does not hold everything that it was asked to.</summary>
    Incomplete,

    /// <summary>A thread could not be fetched.</summary>
    FailedThread,

    /// <summary>A part is not there.</summary>
    PartMissing,

    /// <summary>A part is not as it was written: another size, number of lines or hash.</summary>
    PartAltered,

    /// <summary>A part is there that the manifest does not know.</summary>
    PartUnexpected,

    /// <summary>
    /// A part is there that another took the place of, or was to: an erasure or an optimization was cut off. What was
    /// to go may still be in it. The next erasure, optimization or export deletes it.
    /// </summary>
    PartLeftOver,

    /// <summary>A line is not a thread with its items.</summary>
    LineUnreadable,

    /// <summary>The end of an open part is not whole: a run was killed. The next run puts it right.</summary>
    LineTorn,

    /// <summary>The manifest counts otherwise than what is there.</summary>
    CountMismatch,
}
