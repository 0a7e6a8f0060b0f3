// What the streams know of an element of a list.
using System;

namespace ChatKit.Streams;

/// <summary>An element of a list, which is sorted by creation.</summary>
internal interface IListElement
{
    /// <summary>The identifier; empty where the server left it out.</summary>
    string Id { get; }

    /// <summary>When it was created, in local time; null where that is not known.</summary>
    DateTime? CreatedAt { get; }
}
