// What an archive can fail with.
namespace ChatKit.Archive;

/// <summary>What kind of failure a <see cref="ChatKitArchiveException"/> is.</summary>
public enum ChatKitArchiveErrorKind
{
    /// <summary>There is no archive where one was to be read.</summary>
    ArchiveNotFound,

    /// <summary>The folder holds files, but no manifest of an archive.</summary>
    NotAnArchive,

    /// <summary>The folder that pages are to be written to holds something else.</summary>
    NotPages,

    /// <summary>A newer version of the format.</summary>
    UnsupportedArchive,

    /// <summary>The archive is of another project, or of another query.</summary>
    ArchiveMismatch,

    /// <summary>Somebody else is writing the archive, or pages to the folder.</summary>
    ArchiveLocked,

    /// <summary>The manifest or a part is not as it was written: altered, cut short, or not there.</summary>
    ArchiveDamaged,

    /// <summary>The archive has its manifest, or no parts to make one of.</summary>
    ArchiveNotRepaired,

    /// <summary>The folder cannot be written: no permission, no room.</summary>
    ArchiveUnwritable,

    /// <summary>The folder or a file in it cannot be read.</summary>
    ArchiveUnreadable,
}
