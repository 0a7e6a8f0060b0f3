// The base of everything read from the API: it keeps its JSON.
using System;
using System.Collections.Generic;
using System.Text;

namespace ChatKit;

/// <summary>
/// An object that the ChatKit API sent. It keeps its part of the response, so that no member is lost.
/// </summary>
public abstract class ChatKitObject
{
    // All objects of a response share its array: a page of a hundred threads has one, not a hundred.
    private byte[]? _response;
    private int _start;
    private int _length;

    private protected ChatKitObject()
    {
    }

    /// <summary>
    /// The JSON of this object exactly as the server sent it, with members that have no property too.
    /// </summary>
    /// <returns>The JSON text; empty for an object that was not read from a response.</returns>
    public virtual string ToJson() => _response is null ? "" : Encoding.UTF8.GetString(_response, _start, _length);

    /// <summary>The same as UTF-8: a slice of the response, not a copy.</summary>
    internal ReadOnlySpan<byte> Utf8Json => new(_response, _start, _length);

    /// <summary>Sets the position of this object in the response.</summary>
    internal void Locate(long start, long end)
    {
        _start = (int)start;
        _length = (int)(end - start);
    }

    /// <summary>Sets the response. Objects that contain others pass it on.</summary>
    internal virtual void Attach(byte[] response) => _response = response;

    /// <summary>Sets the response of the objects in a list.</summary>
    private protected static void AttachAll<T>(IReadOnlyList<T> held, byte[] response)
        where T : ChatKitObject
    {
        // By index: foreach over an interface allocates an enumerator, and almost every item has a list.
        for (int i = 0; i < held.Count; i++)
        {
            held[i].Attach(response);
        }
    }
}
