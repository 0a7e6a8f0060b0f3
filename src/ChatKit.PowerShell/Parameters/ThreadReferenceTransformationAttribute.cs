// Whatever names a thread becomes a reference to it.
using System;
using System.Management.Automation;
using ChatKit.Archive;

namespace ChatKit.PowerShell;

/// <summary>A thread: by id, thread, item (its thread, not itself), or row.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ThreadReferenceTransformationAttribute : ReferenceTransformationAttribute
{
    protected override string Kinds => "a thread is named by its id, by a thread, an item or a row with an Id";

    protected override Type[] KnownTypes { get; } =
    [
        typeof(ChatKitThread), typeof(ChatKitThreadItem), typeof(ChatKitFoundItem), typeof(ChatKitThreadReference),
        typeof(ChatKitThreadRemoval),
    ];

    protected override string[] IdProperties { get; } = ["ThreadId", "thread_id", "Id"];

    protected override object? ReferenceOf(object value) => value switch
    {
        ChatKitThreadReference reference => reference,
        ChatKitThread thread =>
            new ChatKitThreadReference(thread.Id, thread.Title, thread.User, thread.CreatedAt) { Thread = thread },
        ChatKitThreadItem item => new ChatKitThreadReference(item.ThreadId),
        ChatKitFoundItem found => new ChatKitThreadReference(found.ThreadId, found.Title, found.User, null),
        ChatKitThreadRemoval removal =>
            new ChatKitThreadReference(removal.Id, removal.Title, removal.User, removal.CreatedAt),
        _ => null,
    };

    protected override object ReferenceOf(string? id, PSObject? row) =>
        new ChatKitThreadReference(
            id, Value(row, "Title") as string, Value(row, "User") as string, Value(row, "CreatedAt") as DateTime?);
}
