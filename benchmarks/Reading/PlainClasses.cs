// What a program would write that reads the API by itself: plain classes of the properties that the library has, none
// told from another by its kind.
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace ChatKit.Benchmarks.Reading;

internal sealed class PlainPage<T>
{
    public List<T>? Data { get; set; }

    public string? LastId { get; set; }

    public bool HasMore { get; set; }
}

internal sealed class PlainThread
{
    public string? Id { get; set; }

    public string? Title { get; set; }

    public PlainStatus? Status { get; set; }

    public string? User { get; set; }

    public long? CreatedAt { get; set; }
}

internal sealed class PlainStatus
{
    public string? Type { get; set; }

    public string? Reason { get; set; }
}

internal sealed class PlainItem
{
    public string? Id { get; set; }

    public string? ThreadId { get; set; }

    public string? Type { get; set; }

    public long? CreatedAt { get; set; }

    public List<PlainPart>? Content { get; set; }

    public List<PlainAttachment>? Attachments { get; set; }

    public PlainOptions? InferenceOptions { get; set; }

    public string? Widget { get; set; }

    public string? Status { get; set; }

    public string? CallId { get; set; }

    public string? Name { get; set; }

    public string? Arguments { get; set; }

    public string? Output { get; set; }

    public string? TaskType { get; set; }

    public string? Heading { get; set; }

    public string? Summary { get; set; }

    public List<PlainTask>? Tasks { get; set; }
}

internal sealed class PlainPart
{
    public string? Type { get; set; }

    public string? Text { get; set; }

    public List<PlainAnnotation>? Annotations { get; set; }
}

internal sealed class PlainAnnotation
{
    public string? Type { get; set; }

    public PlainSource? Source { get; set; }
}

internal sealed class PlainSource
{
    public string? Filename { get; set; }

    public string? Url { get; set; }
}

internal sealed class PlainAttachment
{
    public string? Type { get; set; }

    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? MimeType { get; set; }

    public string? PreviewUrl { get; set; }
}

internal sealed class PlainOptions
{
    public string? Model { get; set; }

    public PlainChoice? ToolChoice { get; set; }
}

internal sealed class PlainChoice
{
    public string? Id { get; set; }
}

internal sealed class PlainTask
{
    public string? Type { get; set; }

    public string? Heading { get; set; }

    public string? Summary { get; set; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PlainPage<PlainThread>))]
[JsonSerializable(typeof(PlainPage<PlainItem>))]
internal sealed partial class PlainJson : JsonSerializerContext;
