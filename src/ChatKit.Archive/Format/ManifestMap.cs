// Between the manifest and its JSON: what is absent, null, negative or unprintable is no manifest.
using System;
using System.Linq;
using static ChatKit.Archive.ManifestDocument;

namespace ChatKit.Archive;

internal static class ManifestMap
{
    public static ManifestDocument ToDocument(ChatKitArchiveManifest manifest) => new()
    {
        CreatedBy = manifest.CreatedBy,
        Project = new()
        {
            BaseUri = manifest.Project.BaseUri.AbsoluteUri,
            Organization = manifest.Project.Organization,
            Project = manifest.Project.Project,
            SeenOrganization = manifest.Project.SeenOrganization,
            SeenProject = manifest.Project.SeenProject,
        },
        Query = ToDocument(manifest.Query),
        StartedAt = manifest.StartedAt.UtcDateTime,
        UpdatedAt = manifest.UpdatedAt.UtcDateTime,
        Complete = manifest.Complete,
        Threads = manifest.Threads,
        Items = manifest.Items,
        Attachments = manifest.Attachments,
        Bytes = manifest.Bytes,
        Parts = [.. manifest.Parts.Select(part => new PartDocument
        {
            Name = part.Name,
            Lines = part.Lines,
            Bytes = part.Bytes,
            Sha256 = part.Sha256,
            Open = part.IsOpen ? true : null,
        })],
        Failed = [.. manifest.Failed.Select(thread => new FailedDocument
        {
            Id = thread.Id,
            Kind = thread.Kind,
            Reason = thread.Reason,
        })],
        Gone = [.. manifest.Gone],
        Missing = [.. manifest.Missing],
        Runs = [.. manifest.Runs.Select(ToDocument)],
        Erased = manifest.Erased.Count == 0 ? null : [.. manifest.Erased.Select(thread => new ErasedDocument
        {
            Id = thread.Id,
            At = thread.At.UtcDateTime,
        })],
        VersionsSince = manifest.VersionsSince?.UtcDateTime,
    };

    /// <exception cref="FormatException">The document is not a manifest of its version.</exception>
    public static ChatKitArchiveManifest ToManifest(ManifestDocument document)
    {
        ProjectDocument project = Must(document.Project, "project");
        ChatKitArchiveManifest manifest = new(
            new(Address(project.BaseUri), Printable(project.Organization), Printable(project.Project))
            {
                SeenOrganization = Printable(project.SeenOrganization),
                SeenProject = Printable(project.SeenProject),
            },
            ToQuery(Must(document.Query, "query")))
        {
            Version = document.Version,
            CreatedBy = Must(Printable(document.CreatedBy), "createdBy"),
            StartedAt = Moment(Must(document.StartedAt, "startedAt")),
            UpdatedAt = Moment(Must(document.UpdatedAt, "updatedAt")),
            Complete = Must(document.Complete, "complete"),
            Threads = Count(document.Threads, "threads"),
            Items = Count(document.Items, "items"),
            Attachments = Count(document.Attachments, "attachments"),
            Bytes = Count(document.Bytes, "bytes"),
        };
        foreach (PartDocument? part in Must(document.Parts, "parts"))
        {
            manifest.PartList.Add(ToPart(Must(part, "parts"), manifest.LastPlace + 1, document.Version));
        }

        manifest.FailedList.AddRange(
            Must(document.Failed, "failed").Select(thread => ToFailed(Must(thread, "failed"))));
        manifest.GoneList.AddRange(Must(document.Gone, "gone").Select(id => Must(id, "gone")));
        if (document.Version > 1)
        {
            manifest.MissingList.AddRange(Must(document.Missing, "missing").Select(reason => Must(reason, "missing")));
            manifest.RunList.AddRange(Must(document.Runs, "runs").Select(run => ToRun(Must(run, "runs"))));
            manifest.ErasedList.AddRange(
                (document.Erased ?? []).Select(thread => ToErased(Must(thread, "erased"))));
            manifest.VersionsSince = document.VersionsSince is { } since ? Moment(since) : null;
        }

        Expect(document.Version > 2 || !manifest.IsOptimized, "It has what its version of the format does not know.");

        return manifest;
    }

    private static QueryDocument ToDocument(ChatKitArchiveQuery query) => new()
    {
        Users = query.Users is null ? null : [.. query.Users],
        All = query.IsKnown && !query.ById && query.Users is null ? true : null,
        Ids = query.ById ? true : null,
        CreatedAfter = query.CreatedAfter?.UtcDateTime,
        CreatedBefore = query.CreatedBefore?.UtcDateTime,
    };

    private static RunDocument ToDocument(ChatKitArchiveRun run) => new()
    {
        StartedAt = run.StartedAt.UtcDateTime,
        EndedAt = run.EndedAt?.UtcDateTime,
        By = run.By,
        Query = ToDocument(run.Query),
        Update = run.Update,
        Copied = run.Copied ? true : null,
        Listed = run.Listed,
        Fetched = run.Fetched,
        Unchanged = run.Unchanged,
        Idle = run.Idle > 0 ? run.Idle : null,
        Failed = run.Failed,
        Gone = run.Gone,
        Complete = run.Complete,
    };

    private static ChatKitArchiveRun ToRun(RunDocument run) =>
        new(
            Moment(Must(run.StartedAt, "startedAt")),
            Must(Printable(run.By), "by"),
            ToQuery(Must(run.Query, "query")),
            Must(run.Update, "update"))
        {
            Copied = run.Copied == true,
            EndedAt = run.EndedAt is { } end ? Moment(end) : null,
            Listed = run.Listed,
            Fetched = run.Fetched,
            Unchanged = run.Unchanged,
            Idle = run.Idle ?? 0,
            Failed = run.Failed,
            Gone = run.Gone,
            Complete = Must(run.Complete, "complete"),
        };

    private static ChatKitArchiveQuery ToQuery(QueryDocument query)
    {
        DateTimeOffset? after = query.CreatedAfter is { } from ? Moment(from) : null;
        DateTimeOffset? before = query.CreatedBefore is { } to ? Moment(to) : null;
        return (query.Users, query.All, query.Ids) switch
        {
            ({ } users, null, null) => ChatKitArchiveQuery.Listed(
                users.Select(user => Must(user, "users")), after, before),
            (null, true, null) => ChatKitArchiveQuery.Listed(null, after, before),
            (null, null, true) when after is null && before is null => ChatKitArchiveQuery.OfIds(),
            (null, null, null) when after is null && before is null => ChatKitArchiveQuery.Unknown(),
            _ => throw new FormatException("Its query is none."),
        };
    }

    /// <summary>A manifest that somebody else made must not lead out of its folder.</summary>
    private static ChatKitArchivePart ToPart(PartDocument part, int place, int version)
    {
        var name = PartName.TryParse(Must(part.Name, "name"));
        Expect(name?.First == place, $"Part {place} is not named {PartName.New(place).Text}.");
        Expect(part.Sha256 is null ? version == 1 : HashText.IsHash(part.Sha256), $"Part {place} has no SHA-256.");

        // In version 1 a part that was open had no hash.
        bool isOpen = version == 1 ? part.Sha256 is null : part.Open == true;
        Expect(!isOpen || !name!.IsCompressed, $"Part {place} is compressed, and open.");
        return new(name!.Text, Count(part.Lines, "lines"), Count(part.Bytes, "bytes"), part.Sha256) { IsOpen = isOpen };
    }

    private static ChatKitArchiveFailedThread ToFailed(FailedDocument thread) =>
        new(Must(thread.Id, "id"), Must(Printable(thread.Kind), "kind"), Must(thread.Reason, "reason"));

    private static ChatKitArchiveErasedThread ToErased(ErasedDocument thread) =>
        new(Must(thread.Id, "id"), Moment(Must(thread.At, "at")));

    private static Uri Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" &&
            Printable(Uri.UnescapeDataString(text!)) is not null
            ? uri
            : throw new FormatException("Its baseUri is no address of http or https.");

    /// <summary>What a terminal would obey has no place in what names a project or a program.</summary>
    private static string? Printable(string? text)
    {
        Expect(text is null || PrintableText.OneLine(text) == text, "It has control characters where a name is to be.");
        return text;
    }

    private static DateTimeOffset Moment(DateTime moment) =>
        new(
            moment.Kind == DateTimeKind.Unspecified
                ? DateTime.SpecifyKind(moment, DateTimeKind.Utc)
                : moment.ToUniversalTime());

    private static long Count(long? count, string name)
    {
        Expect(count >= 0, $"It does not count its {name}.");
        return count!.Value;
    }

    private static T Must<T>(T? value, string name)
        where T : class =>
        value ?? throw new FormatException($"It has no {name}.");

    private static T Must<T>(T? value, string name)
        where T : struct =>
        value ?? throw new FormatException($"It has no {name}.");

    private static void Expect(bool isSo, string message)
    {
        if (!isSo)
        {
            throw new FormatException(message);
        }
    }
}
