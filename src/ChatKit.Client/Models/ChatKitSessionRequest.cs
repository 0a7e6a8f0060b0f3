// What a session is to be made with.
using System.Collections.Generic;

namespace ChatKit;

/// <summary>A session to be made. What is null is not sent, and is then the API's to choose.</summary>
public sealed class ChatKitSessionRequest
{
    /// <summary>The workflow. Required.</summary>
    public string WorkflowId { get; set; } = "";

    /// <summary>The end user, in the application's own terms. Required.</summary>
    public string User { get; set; } = "";

    /// <summary>The version of the workflow; the latest that is deployed where it is null.</summary>
    public string? WorkflowVersion { get; set; }

    /// <summary>Variables for the workflow: 64 at most, names of 1 to 64 characters; values are strings, whole or other numbers, or booleans.</summary>
    public IReadOnlyDictionary<string, object?>? StateVariables { get; set; }

    /// <summary>Whether the workflow's runs are traced; the API traces.</summary>
    public bool? Tracing { get; set; }

    /// <summary>How long the session lasts, in seconds: 1 to 600, which is also what the API chooses.</summary>
    public int? ExpiresAfterSec { get; set; }

    /// <summary>How many requests a minute the session may make: 1 or more; the API chooses 10.</summary>
    public int? MaxRequestsPerMinute { get; set; }

    /// <summary>Whether threads are given titles by themselves; the API does.</summary>
    public bool? AutomaticThreadTitling { get; set; }

    /// <summary>Whether the user may upload files; the API does not let them.</summary>
    public bool? FileUpload { get; set; }

    /// <summary>How large a file may be, in megabytes: 1 to 512, which is also what the API chooses.</summary>
    public int? MaxFileSize { get; set; }

    /// <summary>How many files may be uploaded: 1 or more; the API chooses 10.</summary>
    public int? MaxFileCount { get; set; }

    /// <summary>Whether the user sees earlier threads; the API shows them.</summary>
    public bool? History { get; set; }

    /// <summary>How many earlier threads the user sees: 1 or more; all of them where it is null.</summary>
    public int? RecentThreadCount { get; set; }
}
