// What everything read from the API shares: the JSON that it was read from.
using System;
using System.Collections.Generic;
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

    /// <summary>Notes where in the response this object stands. Whoever reads it knows.</summary>
    internal void Locate(long start, long end)
    {
        _start = (int)start;
        _length = (int)(end - start);
    }

    /// <summary>Hands over the response once it has been read whole. Objects that hold others pass it on.</summary>
    internal virtual void Attach(byte[] response) => _response = response;

    /// <summary>Hands the response over to each of what this object holds.</summary>
    private protected static void AttachAll<T>(IReadOnlyList<T> held, byte[] response)
        where T : ChatKitObject
    {
        // By index: a loop over an interface makes an enumerator, and there is a list in almost every item.
        for (int i = 0; i < held.Count; i++)
        {
            held[i].Attach(response);
        }
    }
}
