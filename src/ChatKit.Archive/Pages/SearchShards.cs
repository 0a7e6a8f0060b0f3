// The texts that the index searches: files of about a million characters each, written as they fill.
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatKit.Archive;

/// <summary>
/// Writes shards: scripts that do nothing but hand texts over to Search.js, which even a page of the file system may
/// load. A shard's name is its digest, so that no run writes over what the index of an earlier run still uses.
/// </summary>
/// <param name="folder">Where the shards go; it is there.</param>
internal sealed class SearchShards(string folder)
{
    /// <summary>The folder with the shards, beside the index.</summary>
    public const string Folder = "search";

    /// <summary>
    /// A shard that has as many characters is full. At most twice as many wait in memory for one thread.
    /// </summary>
    internal const int FullAt = 1024 * 1024;

    private const int NameLength = 16;

    private static readonly Regex Name = new("^[0-9a-f]{16}\\.js$", RegexOptions.CultureInvariant);

    private readonly object _lock = new();
    private readonly List<(string Name, int Items)> _written = [];
    private readonly List<byte[]> _filter = [];
    private string? _filterName;
    private readonly SearchText _shared = new();
    private int _threads;

    /// <summary>Begins a thread: its number, by which its row in the index knows its texts.</summary>
    public int NextThread()
    {
        lock (_lock)
        {
            return ++_threads;
        }
    }

    /// <summary>
    /// Writes a thread's texts as a shard of their own where there are many of them, else leaves them.
    /// </summary>
    public void WriteIfFull(SearchText text)
    {
        if (text.Length >= FullAt)
        {
            Write(text);
        }
    }

    /// <summary>Takes the rest of a thread's texts; they are written with those of other threads.</summary>
    public void Add(SearchText rest)
    {
        lock (_lock)
        {
            _shared.Append(rest);
            WriteIfFull(_shared);
        }
    }

    /// <summary>Writes what waits, and the filter, where there is more than one shard.</summary>
    /// <returns>
    /// The name of each shard, without its extension, and how many items it has, in the order of writing; and the name
    /// of the filter.
    /// </returns>
    public (IReadOnlyList<(string Name, int Items)> Shards, string? Filter) Finish()
    {
        lock (_lock)
        {
            if (_shared.Items > 0)
            {
                Write(_shared);
            }

            if (_written.Count > 1)
            {
                _filterName = Write(SearchFilter.Script([.. _filter.SelectMany(bits => bits)]));
            }

            return ([.. _written], _filterName);
        }
    }

    /// <summary>Deletes the shards of earlier runs, which the index that is there now does not use.</summary>
    public void DeleteOthers()
    {
        HashSet<string> own;
        lock (_lock)
        {
            own = [.. _written.Select(shard => shard.Name + ".js"), _filterName + ".js"];
        }

        foreach (string path in Directory.EnumerateFiles(folder, "*.js"))
        {
            if (Path.GetFileName(path) is { } name && Name.IsMatch(name) && !own.Contains(name))
            {
                PageFile.TryDelete(path);
            }
        }
    }

    private void Write(SearchText text)
    {
        string name = Write(text.ToString());
        lock (_lock)
        {
            _written.Add((name, text.Items));
            _filter.Add(text.Bits);
        }

        text.Clear();
    }

    private string Write(string script)
    {
        StringBuilder name = new(NameLength);
        foreach (byte value in Digest.Of(script).Take(NameLength / 2))
        {
            name.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        PageFile.Write(Path.Combine(folder, name + ".js"), writer => writer.Write(script));
        return name.ToString();
    }
}
