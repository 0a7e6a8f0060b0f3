// The project that an archive is of.
using System;

namespace ChatKit.Archive;

/// <summary>
/// The project that an archive is of, as the connection was set. Archives of different projects do not mix.
/// </summary>
/// <param name="baseUri">Where the API is.</param>
/// <param name="organization">The organization; null for the key's own.</param>
/// <param name="project">The project; null for the key's own.</param>
public sealed class ChatKitArchiveProject(Uri baseUri, string? organization = null, string? project = null)
{
    /// <summary>Where the API is.</summary>
    public Uri BaseUri { get; } = baseUri ?? throw new ArgumentNullException(nameof(baseUri));

    /// <summary>The organization; null for the key's own.</summary>
    public string? Organization { get; } = organization;

    /// <summary>The project; null for the key's own.</summary>
    public string? Project { get; } = project;

    /// <summary>The organization that the API named in its response headers; null where it named none.</summary>
    public string? SeenOrganization { get; internal set; }

    /// <summary>The project that the API named in its response headers; null where it named none.</summary>
    public string? SeenProject { get; internal set; }

    /// <summary>The project in a few words.</summary>
    /// <returns>The address, and the organization and project where they are set.</returns>
    public override string ToString() =>
        BaseUri.AbsoluteUri +
        (Organization is null ? "" : $", organization {Organization}") +
        (Project is null ? "" : $", project {Project}");

    internal bool IsSame(ChatKitArchiveProject other) =>
        BaseUri.AbsoluteUri.TrimEnd('/') == other.BaseUri.AbsoluteUri.TrimEnd('/') &&
            Organization == other.Organization && Project == other.Project;
}
