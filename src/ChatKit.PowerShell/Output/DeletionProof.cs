// The CSV of -ProofPath: a line for the outcome of each deletion, on the disk before the pipeline hears of it.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace ChatKit.PowerShell;

/// <summary>
/// Appends to a CSV, as its only writer: a file beside it is locked, since on Unix a shared lock keeps no second writer
/// out. Safe for use by several threads at once. A failure to write is kept, and nothing is written after it.
/// </summary>
internal sealed class DeletionProof : IDisposable
{
    private const string Header =
        "\"Id\",\"Deleted\",\"Title\",\"User\",\"CreatedAt\",\"RemovedAt\",\"RequestId\",\"Error\",\"RecordedAt\"";

    private readonly object _lock = new();
    private readonly FileStream _lockFile;
    private readonly FileStream _file;

    private DeletionProof(FileStream lockFile, FileStream file) => (_lockFile, _file) = (lockFile, file);

    /// <summary>Why the last line could not be written; null where it was.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Opens a file to append to, and makes it where it is not there.</summary>
    /// <exception cref="InvalidDataException">The file is there, and is not such a CSV.</exception>
    /// <exception cref="IOException">It cannot be written, or another command is writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static DeletionProof Open(string path)
    {
        FileStream lockFile = new(
            path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        FileStream? file = null;
        try
        {
            // Without a buffer: what could not be written is not to be tried again when the file is closed.
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);
            DeletionProof proof = new(lockFile, file);
            proof.Begin();
            return proof;
        }
        catch
        {
            file?.Dispose();
            lockFile.Dispose();
            throw;
        }
    }

    /// <summary>Adds the line of an outcome.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="deleted">Whether it was deleted; null where that is not known.</param>
    /// <param name="removedAt">The moment of the response; null where it was not deleted.</param>
    /// <param name="requestId">The server's number of the request.</param>
    /// <param name="error">The id of the error; null for none.</param>
    /// <returns>Whether the line is on the disk.</returns>
    public bool Append(
        ChatKitThreadReference thread, bool? deleted, DateTime? removedAt, string? requestId, string? error)
    {
        string outcome = deleted switch { true => "True", false => "False", null => "Unknown" };
        return TryWriteLine(string.Join(",", new[]
        {
            thread.Id, outcome, thread.Title, thread.User, Utc(thread.CreatedAt), Utc(removedAt), requestId, error,
            Utc(DateTime.UtcNow),
        }.Select(Quoted)));
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
            _lockFile.Dispose();
        }
    }

    private static string Quoted(string? field) => "\"" + field?.Replace("\"", "\"\"") + "\"";

    private static string? Utc(DateTime? moment) =>
        moment?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private void Begin()
    {
        if (_file.Length == 0)
        {
            // With a mark, by which Windows PowerShell and Excel know UTF-8.
            byte[] mark = Encoding.UTF8.GetPreamble();
            _file.Write(mark, 0, mark.Length);
            Write(Header + "\r\n");
            return;
        }

        using StreamReader reader = new(_file, Encoding.UTF8, true, 1024, leaveOpen: true);
        if (reader.ReadLine() != Header || reader.CurrentEncoding is not UTF8Encoding)
        {
            throw new InvalidDataException("The file is there, and is no CSV in UTF-8 that -ProofPath wrote.");
        }

        // A run that was killed, or a full disk, may have left half a line, within quotes or not.
        string rest = reader.ReadToEnd();
        bool isOpen = rest.Count(c => c == '"') % 2 == 1;
        if (isOpen || (rest.Length > 0 && !rest.EndsWith("\n", StringComparison.Ordinal)))
        {
            Write(isOpen ? "\"\r\n" : "\r\n");
        }
    }

    private bool TryWriteLine(string line)
    {
        lock (_lock)
        {
            if (Failure is not null || !_file.CanWrite)
            {
                return false;
            }

            long end = _file.Length;
            try
            {
                Write(line + "\r\n");
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Failure = e;
                CutTo(end);
                return false;
            }
        }
    }

    private void Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _file.Seek(0, SeekOrigin.End);
        _file.Write(bytes, 0, bytes.Length);
        _file.Flush(flushToDisk: true);
    }

    private void CutTo(long length)
    {
        try
        {
            _file.SetLength(length);
        }
        catch (IOException)
        {
            // Half a line stays. The next run begins a new one.
        }
    }
}
