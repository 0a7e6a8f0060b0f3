// What everything read from the API shares: the JSON that it was read from.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ChatKit;

/// <summary>An object that the ChatKit API sent. It keeps its part of the response, so that nothing the server said is lost.</summary>
public abstract class ChatKitObject
{
    // The whole response is shared by everything read from it: a page of a hundred threads is one array, not a hundred.
    private byte[]? _response;
    private int _start;
    private int _length;

    private protected ChatKitObject()
    {
    }

    /// <summary>The JSON of this object exactly as the server sent it: every member, also those that have no property here.</summary>
    /// <returns>The JSON text; empty for an object that was not read from a response.</returns>
    public virtual string ToJson() => _response is null ? "" : Encoding.UTF8.GetString(_response, _start, _length);

    /// <summary>The same in UTF-8, where it stands in the response: not a copy.</summary>
    internal ReadOnlySpan<byte> Utf8Json => new(_response, _start, _length);

    /// <summary>A list as it is shown: a null for it, or in it, says nothing.</summary>
    internal static IReadOnlyList<T> WithoutNulls<T>(IReadOnlyList<T>? list)
        where T : class =>
        list is null ? [] : list.Any(element => element is null) ? [.. list.OfType<T>()] : list;

    /// <summary>Notes where in the response this object stands. The converter that reads it knows.</summary>
    internal void Locate(long start, long end)
    {
        _start = (int)start;
        _length = (int)(end - start);
    }

    /// <summary>Hands over the response once it has been read whole. Objects that hold others pass it on.</summary>
    internal virtual void Attach(byte[] response) => _response = response;
}
