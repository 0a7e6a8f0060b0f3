// The settings of a new session.
using System.Collections.Generic;

namespace ChatKit;

/// <summary>The settings of a new session. Null values are not sent; the API then uses its defaults.</summary>
public sealed class ChatKitSessionRequest
{
    /// <summary>The workflow. Required.</summary>
    public string WorkflowId { get; set; } = "";

    /// <summary>The end user, as the application names it. Required.</summary>
    public string User { get; set; } = "";

    /// <summary>The version of the workflow; null for the latest deployed one.</summary>
    public string? WorkflowVersion { get; set; }

    /// <summary>
    /// Variables for the workflow: at most 64, with names of 1 to 64 characters. Values are strings, numbers or
    /// booleans.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? StateVariables { get; set; }

    /// <summary>Whether the workflow's runs are traced; by default true.</summary>
    public bool? Tracing { get; set; }

    /// <summary>The lifetime of the session, in seconds: 1 to 600; by default 600.</summary>
    public int? ExpiresAfterSec { get; set; }

    /// <summary>The session's rate limit, in requests per minute: 1 or more; by default 10.</summary>
    public int? MaxRequestsPerMinute { get; set; }

    /// <summary>Whether threads get titles automatically; by default true.</summary>
    public bool? AutomaticThreadTitling { get; set; }

    /// <summary>Whether the user may upload files; by default false.</summary>
    public bool? FileUpload { get; set; }

    /// <summary>The maximum file size, in megabytes: 1 to 512; by default 512.</summary>
    public int? MaxFileSize { get; set; }

    /// <summary>The maximum number of uploaded files: 1 or more; by default 10.</summary>
    public int? MaxFileCount { get; set; }

    /// <summary>Whether the user sees earlier threads; by default true.</summary>
    public bool? History { get; set; }

    /// <summary>The number of earlier threads that the user sees: 1 or more; null for all.</summary>
    public int? RecentThreadCount { get; set; }
}
