// The settings that the official SDKs take from the environment, under the same names.
using System;

namespace ChatKit.PowerShell;

internal sealed class EnvironmentSettings : IEquatable<EnvironmentSettings>
{
    private EnvironmentSettings()
    {
    }

    public string? ApiKey { get; private set; }

    private string? BaseUrl { get; set; }

    private string? Organization { get; set; }

    private string? Project { get; set; }

    public static EnvironmentSettings Read() => new()
    {
        ApiKey = Value("OPENAI_API_KEY"),
        BaseUrl = Value("OPENAI_BASE_URL"),
        Organization = Value("OPENAI_ORG_ID"),
        Project = Value("OPENAI_PROJECT_ID"),
    };

    /// <summary>Sets what the environment sets.</summary>
    /// <exception cref="ChatKitSettingException"><c>OPENAI_BASE_URL</c> is not an address.</exception>
    public void ApplyTo(ChatKitClientOptions options)
    {
        options.ApiKey = ApiKey ?? options.ApiKey;
        options.Organization = Organization;
        options.Project = Project;
        if (BaseUrl is not null)
        {
            options.BaseUri = Uri.TryCreate(BaseUrl, UriKind.Absolute, out Uri? uri)
                ? uri
                : throw new ChatKitSettingException(nameof(options.BaseUri), "OPENAI_BASE_URL is not an absolute " +
                    "address.");
        }
    }

    public bool Equals(EnvironmentSettings? other) =>
        other is not null &&
            (ApiKey, BaseUrl, Organization, Project) == (
                other.ApiKey, other.BaseUrl, other.Organization, other.Project);

    public override bool Equals(object? obj) => Equals(obj as EnvironmentSettings);

    public override int GetHashCode() => ApiKey?.GetHashCode() ?? 0;

    private static string? Value(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value)
            ? value.Trim()
            : null;
}
