// Puts new parts in the place of old ones, so that a kill at any moment leaves the old archive or the new one.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;

namespace ChatKit.Archive;

/// <param name="folder">The folder, whose lock is held.</param>
/// <param name="manifest">The manifest, which is changed once all new parts are on the disk.</param>
internal sealed class PartReplacement(ArchiveFolder folder, ChatKitArchiveManifest manifest)
{
    private readonly List<string> _written = [];
    private bool _isCommitting;

    /// <summary>Writes lines of parts to a new one. Several may be written at the same time.</summary>
    /// <param name="from">What it is made of, in this order.</param>
    /// <param name="name">The name of the new part.</param>
    /// <param name="read">Is told how many bytes of text more have been read.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The new part; open if the last of the old ones is.</returns>
    public ChatKitArchivePart Write(
        IReadOnlyList<OldPart> from, PartName name, Action<long> read, CancellationToken cancellationToken)
    {
        lock (_written)
        {
            _written.Add(name.Text);
        }

        using NewPart anew = new(folder, name);
        foreach (OldPart old in from)
        {
            using Stream file = ArchiveFolder.OpenToRead(folder.PathOf(old.Part.Name));
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using TappedStream bytes = new(file, hash.AppendData);
            using GzipReader? compressed = PartName.Of(old.Part).IsCompressed ? new(bytes) : null;
            LineReader reader = new(compressed ?? (Stream)bytes);
            while (reader.Read() && reader.Offset < old.End)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ArraySegment<byte> line = reader.Line;
                if (!old.Without.Contains(reader.Offset))
                {
                    // The line feed is behind the line in the same buffer.
                    anew.Write(line.Array.AsSpan(line.Offset, line.Count + 1));
                }

                read(line.Count + 1);
            }

            bytes.Drain();
            if (!old.Part.IsOpen && HashText.Of(hash) != old.Part.Sha256)
            {
                throw new IOException($"{old.Part.Name} is not any more what it was when it was verified.");
            }
        }

        return anew.Close(from[from.Count - 1].Part.IsOpen);
    }

    /// <summary>Replaces the manifest at once by one that names the new parts, and deletes the old ones.</summary>
    /// <param name="parts">All parts of the archive from now on.</param>
    /// <param name="change">Changes what else the manifest says.</param>
    public void Commit(IEnumerable<ChatKitArchivePart> parts, Action change)
    {
        ChatKitArchivePart[] all = [.. parts];
        folder.FlushFolder();
        manifest.PartList.Clear();
        manifest.PartList.AddRange(all);
        manifest.Bytes = all.Sum(part => part.Bytes);
        change();
        _isCommitting = true;
        folder.WriteManifest(manifest);
        folder.DeleteLeftOver(manifest);
    }

    /// <summary>
    /// Takes back what was written while the old manifest is in its place; what cannot be deleted the next run deletes.
    /// </summary>
    /// <returns>Whether the new manifest is in its place.</returns>
    public bool TakeBack()
    {
        try
        {
            // Whether a manifest that is not flushed outlives the power is not known: then both generations stay.
            bool isReplaced = _isCommitting &&
                ChatKitArchiveManifest.Read(folder.Path).UpdatedAt == manifest.UpdatedAt;
            if (!isReplaced)
            {
                _written.ForEach(name => folder.Delete(folder.PathOf(name)));
            }

            return isReplaced;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ChatKitArchiveException)
        {
            // What ended the run is what is to be told.
            return false;
        }
    }
}
