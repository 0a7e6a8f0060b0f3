// The one way in: whatever names a thread becomes a reference to it.
using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace ChatKit;

/// <summary>A thread as a parameter names it: its id, and its title and user where what was given has them.</summary>
public sealed class ChatKitThreadReference
{
    internal ChatKitThreadReference(string? id, string? title = null, string? user = null)
    {
        Id = id;
        Title = title;
        User = user;
    }

    /// <summary>The identifier; null where what was given has none.</summary>
    public string? Id { get; }

    /// <summary>The title, where it is known.</summary>
    public string? Title { get; }

    /// <summary>The end user, where it is known.</summary>
    public string? User { get; }

    /// <summary>The identifier.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id ?? "";
}

/// <summary>
/// Makes references of ids, threads, items (their thread, not themselves), the deserialized forms of these, and rows with an
/// <c>Id</c>. Null and blank become references without an id, so that they fail one by one; anything else is an error, never its text.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ThreadReferenceTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Deserialized = "Deserialized.";

    private static readonly string[] KnownDeserialized =
        [.. new[] { typeof(ChatKitThread), typeof(ChatKitThreadItem), typeof(ChatKitThreadReference) }.Select(type => Deserialized + type.FullName)];

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        IEnumerable? many = LanguagePrimitives.GetEnumerable(inputData);
        return many is null ? ToReference(inputData) : many.Cast<object?>().Select(ToReference).ToArray();
    }

    private static ChatKitThreadReference ToReference(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => new(null),
        string id => new(id),
        ChatKitThreadReference reference => reference,
        ChatKitThread thread => new(thread.Id, thread.Title, thread.User),
        ChatKitThreadItem item => new(item.ThreadId),
        PSCustomObject when ReadRow((PSObject)value!) is { } reference => reference,
        object other => throw new ArgumentTransformationMetadataException(
            $"a thread is named by its id, by a thread, an item or a row with an Id, not by a {other.GetType().FullName}."),
    };

    private static ChatKitThreadReference? ReadRow(PSObject row)
    {
        bool isForeign = row.TypeNames.Any(name => name.StartsWith(Deserialized, StringComparison.OrdinalIgnoreCase)) &&
            !row.TypeNames.Intersect(KnownDeserialized).Any();
        PSPropertyInfo? id = row.Properties["ThreadId"] ?? row.Properties["thread_id"] ?? row.Properties["Id"];
        return isForeign || id is null || Text(id) is var text && text is null && id.Value is not null
            ? null
            : new(Text(id), Text(row.Properties["Title"]), Text(row.Properties["User"]));
    }

    private static string? Text(PSPropertyInfo? property) => (property?.Value is PSObject wrapped ? wrapped.BaseObject : property?.Value) as string;
}
