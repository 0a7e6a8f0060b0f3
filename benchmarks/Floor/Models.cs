// As much of the API's objects as a careful program would read, by source-generated JSON.
using System.Text.Json.Serialization;

namespace ChatKit.Benchmarks;

internal sealed record Status(string Type, string? Reason);

internal sealed record Thread(string Id, string? Title, long CreatedAt, Status Status, string? User);

internal sealed record ContentPart(string Type, string? Text);

internal sealed record Item(string Id, string ThreadId, string Type, long CreatedAt, ContentPart[]? Content);

internal sealed record Page<T>(T[] Data, bool HasMore, string? LastId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Thread))]
[JsonSerializable(typeof(Page<Thread>))]
[JsonSerializable(typeof(Page<Item>))]
internal sealed partial class FloorJson : JsonSerializerContext;
