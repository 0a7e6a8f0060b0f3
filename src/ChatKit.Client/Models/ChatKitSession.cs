// A session: an application's server creates one so that a user's browser may talk to a workflow.
using System;
using System.Net;
using System.Security;
using System.Text.Json.Serialization;
using ChatKit.Http;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A ChatKit session. Every property except <see cref="Id"/> is null if the server did not send it.</summary>
public sealed class ChatKitSession : ChatKitObject
{
    private string? _clientSecret;

    /// <summary>The identifier, such as <c>cksess_123</c>.</summary>
    [JsonInclude]
    public string Id { get; internal set; } = "";

    /// <summary><c>active</c>, <c>expired</c>, <c>cancelled</c>, or another value that the server sent.</summary>
    [JsonInclude]
    public string? Status { get; internal set; }

    /// <summary>The end user of the session.</summary>
    [JsonInclude]
    public string? User { get; internal set; }

    /// <summary>The workflow of the session.</summary>
    [JsonIgnore]
    public string? WorkflowId => Workflow?.Id;

    /// <summary>The version of the workflow; null for the latest deployed one.</summary>
    [JsonIgnore]
    public string? WorkflowVersion => Workflow?.Version;

    /// <summary>When the session expires, in local time.</summary>
    [JsonInclude]
    [JsonConverter(typeof(TimestampConverter))]
    public DateTime? ExpiresAt { get; internal set; }

    /// <summary>
    /// The credential for the browser. <see cref="ToJson"/> masks it; <see cref="GetClientSecret"/> returns it in plain
    /// text.
    /// </summary>
    [JsonIgnore]
    public SecureString? ClientSecret =>
        _clientSecret is null ? null : new NetworkCredential("", _clientSecret).SecurePassword;

    /// <summary>The session's rate limit, in requests per minute.</summary>
    [JsonIgnore]
    public int? MaxRequestsPerMinute => RateLimits?.MaxRequestsPer1Minute ?? WireMaxRequests;

    /// <summary>Whether the workflow's runs are traced.</summary>
    [JsonIgnore]
    public bool? Tracing => Workflow?.Tracing?.Enabled;

    /// <summary>Whether threads get titles automatically.</summary>
    [JsonIgnore]
    public bool? AutomaticThreadTitling => Configuration?.AutomaticThreadTitling?.Enabled;

    /// <summary>Whether the user may upload files.</summary>
    [JsonIgnore]
    public bool? FileUpload => Configuration?.FileUpload?.Enabled;

    /// <summary>The maximum file size, in megabytes.</summary>
    [JsonIgnore]
    public int? MaxFileSize => Configuration?.FileUpload?.MaxFileSize;

    /// <summary>The maximum number of uploaded files.</summary>
    [JsonIgnore]
    public int? MaxFileCount => Configuration?.FileUpload?.MaxFiles;

    /// <summary>Whether the user sees earlier threads.</summary>
    [JsonIgnore]
    public bool? History => Configuration?.History?.Enabled;

    /// <summary>The number of earlier threads that the user sees; null for all.</summary>
    [JsonIgnore]
    public int? RecentThreadCount => Configuration?.History?.RecentThreads;

    [JsonInclude]
    [JsonPropertyName("object")]
    internal string? ObjectType { get; set; }

    [JsonInclude]
    [JsonPropertyName("client_secret")]
    internal string? WireClientSecret
    {
        get => _clientSecret;
        set => _clientSecret = value;
    }

    [JsonInclude]
    internal WorkflowBody? Workflow { get; set; }

    [JsonInclude]
    internal RateLimitsBody? RateLimits { get; set; }

    [JsonInclude]
    [JsonPropertyName("max_requests_per_1_minute")]
    internal int? WireMaxRequests { get; set; }

    [JsonInclude]
    [JsonPropertyName("chatkit_configuration")]
    internal ConfigurationBody? Configuration { get; set; }

    /// <summary>The credential for the browser, in plain text.</summary>
    /// <returns>The client secret; null if the server sent none.</returns>
    public string? GetClientSecret() => _clientSecret;

    /// <summary>The JSON of the session as the server sent it, with the client secret masked.</summary>
    /// <returns>The JSON text.</returns>
    public override string ToJson() => new SecretMask(_clientSecret).Apply(base.ToJson());

    /// <summary>The identifier.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;

    internal sealed class WorkflowBody
    {
        public string? Id { get; set; }

        public string? Version { get; set; }

        public SwitchBody? Tracing { get; set; }
    }

    internal sealed class SwitchBody
    {
        public bool? Enabled { get; set; }
    }

    internal sealed class RateLimitsBody
    {
        [JsonPropertyName("max_requests_per_1_minute")]
        public int? MaxRequestsPer1Minute { get; set; }
    }

    internal sealed class ConfigurationBody
    {
        public SwitchBody? AutomaticThreadTitling { get; set; }

        public FileUploadBody? FileUpload { get; set; }

        public HistoryBody? History { get; set; }
    }

    internal sealed class FileUploadBody
    {
        public bool? Enabled { get; set; }

        public int? MaxFileSize { get; set; }

        public int? MaxFiles { get; set; }
    }

    internal sealed class HistoryBody
    {
        public bool? Enabled { get; set; }

        public int? RecentThreads { get; set; }
    }
}
