// Whether a folder is an archive that a run may write: ours, of the same project and query, and sound.
using System.Linq;

namespace ChatKit.Archive;

internal static class ArchiveChecks
{
    /// <summary>The manifest; null where the folder is to become an archive.</summary>
    public static ChatKitArchiveManifest? ReadOurs(ArchiveFolder folder)
    {
        ChatKitArchiveManifest? manifest = ChatKitArchiveManifest.TryRead(folder.Path);
        return manifest is not null || folder.IsFresh()
            ? manifest
            : throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.NotAnArchive,
                $"'{folder.Path}' is not empty, and no archive, since it has no {ChatKitArchiveManifest.FileName}.");
    }

    public static void CheckIsSame(ArchiveFolder folder, ChatKitArchiveManifest manifest, ChatKitArchiveManifest wanted)
    {
        if (!manifest.Project.IsSame(wanted.Project))
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveMismatch,
                $"The archive '{folder.Path}' is of another project: {manifest.Project}, not {wanted.Project}.");
        }

        if (!manifest.Query.IsSame(wanted.Query))
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveMismatch,
                $"The archive '{folder.Path}' is of another query: {manifest.Query}, not {wanted.Query}.");
        }
    }

    /// <summary>An archive that is copied onto itself would never be complete again where it is not.</summary>
    public static void CheckIsOther(
        ArchiveFolder folder, ChatKitArchiveManifest manifest, ChatKitArchiveIndex source)
    {
        // By the hash of the manifest a folder is known under another name, too.
        if (manifest.Sha256 == source.Manifest.Sha256 || source.IsIn(folder))
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveMismatch,
                $"The archive '{folder.Path}' is the one that is to be copied. To resume it or to bring it up to " +
                "date, connect to its project.");
        }
    }

    public static void CheckIsSound(ArchiveFolder folder, ArchiveScan scan)
    {
        if (scan.Problems.FirstOrDefault(problem => problem.IsDamage) is { } damage)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveDamaged, $"The archive '{folder.Path}' is damaged. {damage}");
        }
    }
}
