// What the streams need to know of an element of a list.
using System;

namespace ChatKit.Streams;

/// <summary>An element of a list that is sorted by creation time.</summary>
internal interface IListElement
{
    /// <summary>The identifier; empty if the server sent none.</summary>
    string Id { get; }

    /// <summary>The creation time, in local time; null if unknown.</summary>
    DateTime? CreatedAt { get; }
}
