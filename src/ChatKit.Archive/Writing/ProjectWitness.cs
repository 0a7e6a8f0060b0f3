// Which project answers: what the API's response headers say of it, passed on with every attempt.
using System;

namespace ChatKit.Archive;

/// <param name="source">The project of the archive that is copied; null where none is.</param>
/// <param name="next">Is told of each attempt, too; may be null.</param>
internal sealed class ProjectWitness(ChatKitArchiveProject? source, IProgress<ChatKitExchange>? next)
    : IProgress<ChatKitExchange>
{
    private readonly object _lock = new();
    private string? _organization = source?.SeenOrganization;
    private string? _project = source?.SeenProject;

    public void Report(ChatKitExchange value)
    {
        if (value.StatusCode is >= 200 and < 300)
        {
            lock (_lock)
            {
                _organization ??= value.Organization;
                _project ??= value.Project;
            }
        }

        next?.Report(value);
    }

    /// <summary>Compares what was seen with what the archive knows, and notes what it does not know yet.</summary>
    /// <returns>Whether the project is known to be the archive's: the API named the same as before.</returns>
    /// <exception cref="ChatKitArchiveException">It is another's.</exception>
    public bool Check(ChatKitArchiveProject project)
    {
        lock (_lock)
        {
            CheckIsSame("organization", project.SeenOrganization, _organization);
            CheckIsSame("project", project.SeenProject, _project);
            bool isKnown = project.SeenProject is not null && _project is not null;
            project.SeenOrganization ??= _organization;
            project.SeenProject ??= _project;
            return isKnown;
        }
    }

    private static void CheckIsSame(string what, string? before, string? now)
    {
        if (before is not null && now is not null && before != now)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveMismatch,
                $"The archive is of another {what}: the API named '{before}' before, and names '{now}' now.");
        }
    }
}
