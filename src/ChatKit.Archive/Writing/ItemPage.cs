// A page of items as an archive keeps them: their JSON, one after the other, and where each ends.
using System;
using System.Collections.Generic;
using ChatKit.Json;

namespace ChatKit.Archive;

internal sealed class ItemPage
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    /// <summary>Keeps the JSON of the items, and nothing else of them.</summary>
    public ItemPage(IReadOnlyList<RawObject> items)
    {
        int length = 0;
        foreach (RawObject item in items)
        {
            length += item.Utf8Json.Length;
            Attachments += ParsedLine.AttachmentsOf(item.Utf8Json);
        }

        _bytes = new byte[length];
        _ends = new int[items.Count];
        int end = 0;
        for (int i = 0; i < items.Count; i++)
        {
            end += JsonMinifier.Minify(items[i].Utf8Json, _bytes.AsSpan(end));
            _ends[i] = end;
        }

        Array.Resize(ref _bytes, end);
    }

    /// <summary>How many items.</summary>
    public int Count => _ends.Length;

    /// <summary>How many attachments they name.</summary>
    public int Attachments { get; }

    /// <summary>The size of their JSON in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The JSON of an item, in the order of the page.</summary>
    public ArraySegment<byte> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return new(_bytes, start, _ends[index] - start);
        }
    }
}
