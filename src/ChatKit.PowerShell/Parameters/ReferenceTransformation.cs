// The one way in: whatever names a thread or a session becomes a reference to it.
using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace ChatKit.PowerShell;

/// <summary>
/// Makes references of ids, of the module's own objects, of their deserialized forms, and of rows with an id. Null and blank become
/// references without an id, so that they fail one by one; anything else is an error, never its text.
/// </summary>
internal abstract class ReferenceTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Deserialized = "Deserialized.";

    /// <summary>What it refers to, and by what, for the error.</summary>
    protected abstract string Kinds { get; }

    /// <summary>The types whose deserialized forms are known.</summary>
    protected abstract Type[] KnownTypes { get; }

    /// <summary>The properties that may hold the id in a row, the first that is there.</summary>
    protected abstract string[] IdProperties { get; }

    public sealed override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        IEnumerable? many = LanguagePrimitives.GetEnumerable(inputData);
        if (many is null)
        {
            return ToReference(inputData);
        }

        object[] references = [.. many.Cast<object?>().Select(ToReference)];
        var typed = Array.CreateInstance(ReferenceOf(null, null).GetType(), references.Length);
        references.CopyTo(typed, 0);
        return typed;
    }

    /// <summary>The reference that an object of the module is; null where it is none.</summary>
    protected abstract object? ReferenceOf(object value);

    /// <summary>The reference of an id, and of the row that it stands in.</summary>
    protected abstract object ReferenceOf(string? id, PSObject? row);

    private protected static object? Value(PSObject? row, string property) =>
        row?.Properties[property]?.Value is PSObject wrapped ? wrapped.BaseObject : row?.Properties[property]?.Value;

    private object ToReference(object? value)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null => ReferenceOf(null, null),
            string id => ReferenceOf(id, null),
            PSCustomObject when IdOf((PSObject)value!, out string? id) => ReferenceOf(id, (PSObject)value!),
            _ => ReferenceOf(bare) ?? throw new ArgumentTransformationMetadataException($"{Kinds}, not by a {bare.GetType().FullName}."),
        };
    }

    private bool IdOf(PSObject row, out string? id)
    {
        id = null;
        string? property = IdProperties.FirstOrDefault(name => row.Properties[name] is not null);
        bool isForeign = row.TypeNames.Any(name => name.StartsWith(Deserialized, StringComparison.OrdinalIgnoreCase)) &&
            !KnownTypes.Any(type => row.TypeNames.Contains(Deserialized + type.FullName));
        if (property is null || isForeign || Value(row, property) is not (null or string))
        {
            return false;
        }

        id = (string?)Value(row, property);
        return true;
    }
}

/// <summary>A thread: by id, thread, item (its thread, not itself), or row.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ThreadReferenceTransformationAttribute : ReferenceTransformationAttribute
{
    protected override string Kinds => "a thread is named by its id, by a thread, an item or a row with an Id";

    protected override Type[] KnownTypes { get; } = [typeof(ChatKitThread), typeof(ChatKitThreadItem), typeof(ChatKitThreadReference), typeof(ChatKitThreadRemoval)];

    protected override string[] IdProperties { get; } = ["ThreadId", "thread_id", "Id"];

    protected override object? ReferenceOf(object value) => value switch
    {
        ChatKitThreadReference reference => reference,
        ChatKitThread thread => new ChatKitThreadReference(thread.Id, thread.Title, thread.User, thread.CreatedAt),
        ChatKitThreadItem item => new ChatKitThreadReference(item.ThreadId),
        ChatKitThreadRemoval removal => new ChatKitThreadReference(removal.Id, removal.Title, removal.User, removal.CreatedAt),
        _ => null,
    };

    protected override object ReferenceOf(string? id, PSObject? row) =>
        new ChatKitThreadReference(id, Value(row, "Title") as string, Value(row, "User") as string, Value(row, "CreatedAt") as DateTime?);
}

/// <summary>A session: by id, session, or row.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class SessionReferenceTransformationAttribute : ReferenceTransformationAttribute
{
    protected override string Kinds => "a session is named by its id, by a session or a row with an Id";

    protected override Type[] KnownTypes { get; } = [typeof(ChatKitSession), typeof(ChatKitSessionReference)];

    protected override string[] IdProperties { get; } = ["Id"];

    protected override object? ReferenceOf(object value) => value switch
    {
        ChatKitSessionReference reference => reference,
        ChatKitSession session => new ChatKitSessionReference(session.Id),
        _ => null,
    };

    protected override object ReferenceOf(string? id, PSObject? row) => new ChatKitSessionReference(id);
}
