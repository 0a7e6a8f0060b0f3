// Whatever names a session becomes a reference to it.
using System;
using System.Management.Automation;

namespace ChatKit.PowerShell;

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
