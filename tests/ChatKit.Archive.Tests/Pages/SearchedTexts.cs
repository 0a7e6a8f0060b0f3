// The texts that an index searches, read from its shards as a browser reads them.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Tests;

internal sealed class SearchedTexts
{
    private readonly Dictionary<string, SortedDictionary<int, string>> _texts = [];

    public SearchedTexts(TemporaryFolder folder)
    {
        string index = folder.Read("index.html");
        Dictionary<int, string> ids = Data(index, "rows").EnumerateArray()
            .ToDictionary(row => row[7].GetInt32(), row => row[0].GetString()!);
        foreach (JsonElement shard in Data(index, "shards").GetProperty("texts").EnumerateArray())
        {
            Shards.Add(shard[0].GetString()!);
            string script = folder.Read("search", shard[0].GetString() + ".js");
            Match call = Regex.Match(script, "^chatkitTexts\\((\\[.*?\\]),(\"[^\n]*\")\\);\n$");
            Assert.True(call.Success, script);

            // JSON has the escapes that are there, and needs some more.
            string literal = call.Groups[2].Value
                .Replace("\u001E", "\\u001E", StringComparison.Ordinal)
                .Replace("\t", "\\t", StringComparison.Ordinal);
            string[] texts = JsonSerializer.Deserialize<string>(literal)!.Split('\u001E');
            int at = 0;
            foreach (JsonElement head in JsonDocument.Parse(call.Groups[1].Value).RootElement.EnumerateArray())
            {
                int count = head[2].GetInt32();
                if (ids.TryGetValue(head[0].GetInt32(), out string? id))
                {
                    if (!_texts.TryGetValue(id, out SortedDictionary<int, string>? items))
                    {
                        _texts.Add(id, items = []);
                    }

                    for (int i = 0; i < count; i++)
                    {
                        items.Add(head[1].GetInt32() + i, texts[at + i]);
                    }
                }

                at += count;
            }

            Assert.Equal(at, texts.Length - 1);
            Assert.Equal(at, shard[1].GetInt32());
        }
    }

    /// <summary>The names of the shards, in the order of the index.</summary>
    public List<string> Shards { get; } = [];

    /// <summary>How many threads have texts.</summary>
    public int Count => _texts.Count;

    /// <summary>The texts of a thread; their numbers begin with 1 and have no gap.</summary>
    public IEnumerable<string> Of(string id)
    {
        Assert.Equal(Enumerable.Range(1, _texts[id].Count), _texts[id].Keys);
        return _texts[id].Values;
    }

    private static JsonElement Data(string page, string id) =>
        JsonDocument.Parse(
            Regex.Match(page, $"<script id=\"{id}\" type=\"application/json\">(.*?)</script>", RegexOptions.Singleline)
                .Groups[1].Value).RootElement;
}
