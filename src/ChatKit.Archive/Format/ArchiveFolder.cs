// The files of an archive: how they are named, opened and replaced. What a test wants to fail, it overrides here.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ChatKit.Archive;

/// <param name="path">The folder.</param>
internal class ArchiveFolder(string path)
{
    // Not hidden: PowerShell would not remove the folder without -Force.
    private const string LockName = "archive.lock";
    private const string NewManifestName = ChatKitArchiveManifest.FileName + ".new";

    // What an operating system says of a file that somebody else has open for himself alone: Windows, Linux, macOS.
    private static readonly int[] InUse = [32, 33, 11, 35];

    public string Path { get; } = path;

    public string FullPath =>
        System.IO.Path.GetFullPath(Path).TrimEnd(
            System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar);

    /// <summary>Opens a file to read, and shares everything: a reader is in no writer's way.</summary>
    public static Stream OpenToRead(string file) =>
        new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);

    /// <summary>Opens a file to read; null if it is not there.</summary>
    public static Stream? TryOpenToRead(string file)
    {
        try
        {
            return OpenToRead(file);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder for its owner alone, where it is not there.</summary>
    public void Create() => PrivateFile.CreateFolder(Path);

    /// <summary>The parts that lie there, whether the manifest knows them or not.</summary>
    public PartName[] FindParts() =>
        [.. Directory.GetFiles(Path, "threads-*.jsonl*")
            .Select(file => PartName.TryParse(System.IO.Path.GetFileName(file)))
            .OfType<PartName>()
            .OrderBy(name => name.Text, StringComparer.Ordinal)];

    /// <summary>
    /// The parts that lie there though the manifest names others in their places: what is left of a run that wrote
    /// parts anew, and was cut off.
    /// </summary>
    public string[] FindLeftOver(ChatKitArchiveManifest manifest) => FindLeftOver(manifest, FindParts());

    /// <summary>The same of parts that were found before.</summary>
    public static string[] FindLeftOver(ChatKitArchiveManifest manifest, IEnumerable<PartName> parts)
    {
        HashSet<string> named = [.. manifest.Parts.Select(part => part.Name)];
        return [.. parts.Where(name => !named.Contains(name.Text) && name.Last <= manifest.LastPlace)
            .Select(name => name.Text)];
    }

    /// <summary>
    /// Deletes what <see cref="FindLeftOver(ChatKitArchiveManifest)"/> finds, and waits until that is on the disk.
    /// </summary>
    public void DeleteLeftOver(ChatKitArchiveManifest manifest)
    {
        string[] names = FindLeftOver(manifest);
        foreach (string name in names)
        {
            Delete(PathOf(name));
        }

        if (names.Length > 0)
        {
            FlushFolder();
        }
    }

    /// <summary>
    /// Deletes the manifests that are not in use: one that a repair kept, and one that did not come to take the place
    /// of the old one. Where there is no other, that one is in use.
    /// </summary>
    public void DeleteOtherManifests()
    {
        bool isNewInUse = !File.Exists(PathOf(ChatKitArchiveManifest.FileName));
        string[] names = isNewInUse ? [ChatKitArchiveRepair.OldName] : [ChatKitArchiveRepair.OldName, NewManifestName];
        string[] files = [.. names.Select(PathOf).Where(File.Exists)];
        foreach (string file in files)
        {
            Delete(file);
        }

        if (files.Length > 0)
        {
            FlushFolder();
        }
    }

    /// <summary>Whether nothing lies there but what a run leaves behind that ended before its first manifest.</summary>
    public bool IsFresh() =>
        Directory.GetFileSystemEntries(Path)
            .All(entry => System.IO.Path.GetFileName(entry) is LockName or NewManifestName);

    /// <summary>
    /// Keeps others from writing until the lock is disposed, or the process ends. The file itself stays: to delete it
    /// would let two in.
    /// </summary>
    public IDisposable Lock() => Lock(PathOf(LockName), $"the archive '{Path}'");

    /// <summary>Opens a file for this process alone.</summary>
    /// <param name="file">The file.</param>
    /// <param name="what">What it keeps others from writing.</param>
    /// <param name="options">What becomes of the file.</param>
    /// <exception cref="ChatKitArchiveException">Somebody else has it open.</exception>
    public static IDisposable Lock(string file, string what, FileOptions options = FileOptions.None)
    {
        try
        {
            return PrivateFile.Open(file, FileMode.OpenOrCreate, FileShare.None, options);
        }
        catch (IOException e) when (InUse.Contains(e.HResult & 0xFFFF))
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveLocked, $"Somebody else is writing {what}.", e);
        }
    }

    /// <summary>
    /// The bytes of the manifest; null where there is none. Where it is not there, a whole new one that did not come to
    /// take its place will do: there were systems that take the old one away first.
    /// </summary>
    public byte[]? ReadManifest()
    {
        foreach (string name in new[] { ChatKitArchiveManifest.FileName, NewManifestName })
        {
            try
            {
                using Stream stream = OpenToRead(PathOf(name));
                using MemoryStream bytes = new();
                stream.CopyTo(bytes);
                if (name != NewManifestName || IsManifest(bytes.ToArray()))
                {
                    return bytes.ToArray();
                }
            }
            catch (FileNotFoundException)
            {
                // Then it is the other, or none.
            }
        }

        return null;
    }

    /// <summary>
    /// Writes the manifest so that whoever reads, whenever the machine stops, finds the old one or the new one.
    /// </summary>
    public void WriteManifest(ChatKitArchiveManifest manifest)
    {
        manifest.UpdatedAt = DateTimeOffset.UtcNow;
        byte[] json = ManifestJson.Write(manifest);
        string temporary = PathOf(NewManifestName);
        using (Stream stream = Open(temporary, FileMode.Create))
        {
            stream.Write(json, 0, json.Length);
            Flush(stream);
        }

        Replace(temporary, PathOf(ChatKitArchiveManifest.FileName));
        FlushFolder();
        manifest.Sha256 = HashText.Of(json);
    }

    /// <summary>
    /// Opens a file to write; not buffered, so that what failed to be written is not tried again behind our back.
    /// </summary>
    public virtual Stream Open(string file, FileMode mode) =>
        PrivateFile.Open(file, mode, FileShare.Read | FileShare.Delete);

    /// <summary>Waits until a file is on the disk.</summary>
    /// <exception cref="IOException">The disk refused some of it.</exception>
    public virtual void Flush(Stream stream)
    {
        if (stream is FileStream file)
        {
            DiskSync.Flush(file);
        }
    }

    /// <summary>Waits until the names of the files are on the disk.</summary>
    /// <exception cref="IOException">The disk refused them.</exception>
    public virtual void FlushFolder() => DiskSync.FlushFolder(Path);

    /// <summary>Puts a file in the place of another, at once.</summary>
    public virtual void Replace(string from, string to) => FileReplacement.Replace(from, to);

    /// <summary>Deletes a file.</summary>
    public virtual void Delete(string file) => File.Delete(file);

    private static bool IsManifest(byte[] json)
    {
        try
        {
            return ManifestJson.Read(json) is not null;
        }
        catch (ChatKitArchiveException)
        {
            return false;
        }
    }
}
