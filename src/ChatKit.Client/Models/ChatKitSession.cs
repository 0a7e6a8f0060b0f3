// A session: what an application's server makes so that a user's browser may talk to a workflow.
using System;
using System.Net;
using System.Security;
using System.Text.Json.Serialization;
using ChatKit.Http;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A ChatKit session. Any property but <see cref="Id"/> may be null, where the server left it out.</summary>
public sealed class ChatKitSession : ChatKitObject
{
    private string? _clientSecret;

    /// <summary>The identifier, such as <c>cksess_123</c>.</summary>
    [JsonInclude]
    public string Id { get; internal set; } = "";

    /// <summary><c>active</c>, <c>expired</c> or <c>cancelled</c>, or whatever else the server says.</summary>
    [JsonInclude]
    public string? Status { get; internal set; }

    /// <summary>The end user whom the session is for.</summary>
    [JsonInclude]
    public string? User { get; internal set; }

    /// <summary>The workflow behind the session.</summary>
    [JsonIgnore]
    public string? WorkflowId => Workflow?.Id;

    /// <summary>The version of the workflow; null for the latest that is deployed.</summary>
    [JsonIgnore]
    public string? WorkflowVersion => Workflow?.Version;

    /// <summary>When the session ends, in local time.</summary>
    [JsonInclude]
    [JsonConverter(typeof(TimestampConverter))]
    public DateTime? ExpiresAt { get; internal set; }

    /// <summary>The credential that a browser presents. <see cref="ChatKitObject.ToJson"/> has it masked; <see cref="GetClientSecret"/> gives it.</summary>
    [JsonIgnore]
    public SecureString? ClientSecret => _clientSecret is null ? null : new NetworkCredential("", _clientSecret).SecurePassword;

    /// <summary>How many requests a minute the session may make.</summary>
    [JsonIgnore]
    public int? MaxRequestsPerMinute => RateLimits?.MaxRequestsPer1Minute ?? WireMaxRequests;

    /// <summary>Whether the workflow's runs are traced.</summary>
    [JsonIgnore]
    public bool? Tracing => Workflow?.Tracing?.Enabled;

    /// <summary>Whether threads are given titles by themselves.</summary>
    [JsonIgnore]
    public bool? AutomaticThreadTitling => Configuration?.AutomaticThreadTitling?.Enabled;

    /// <summary>Whether the user may upload files.</summary>
    [JsonIgnore]
    public bool? FileUpload => Configuration?.FileUpload?.Enabled;

    /// <summary>How large a file may be, in megabytes.</summary>
    [JsonIgnore]
    public int? MaxFileSize => Configuration?.FileUpload?.MaxFileSize;

    /// <summary>How many files may be uploaded.</summary>
    [JsonIgnore]
    public int? MaxFileCount => Configuration?.FileUpload?.MaxFiles;

    /// <summary>Whether the user sees earlier threads.</summary>
    [JsonIgnore]
    public bool? History => Configuration?.History?.Enabled;

    /// <summary>How many earlier threads the user sees; null for all.</summary>
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

    /// <summary>The credential that a browser presents, in plain text.</summary>
    /// <returns>The client secret; null where the server sent none.</returns>
    public string? GetClientSecret() => _clientSecret;

    /// <summary>The JSON of the session as the server sent it, but for the client secret, which is masked.</summary>
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
