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

    public static void CheckIsSound(ArchiveFolder folder, ArchiveScan scan)
    {
        if (scan.Problems.FirstOrDefault(problem => problem.IsDamage) is { } damage)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveDamaged, $"The archive '{folder.Path}' is damaged. {damage}");
        }
    }
}
