// The CSV of -ProofPath: a line for the outcome of each deletion, on the disk before the pipeline hears of it.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace ChatKit.PowerShell;

/// <summary>Appends to a CSV. Safe for use by several threads at once. A failure to write is kept, and nothing is written after it.</summary>
internal sealed class DeletionProof : IDisposable
{
    private const string Header = "\"Id\",\"Deleted\",\"Title\",\"User\",\"CreatedAt\",\"RemovedAt\",\"RequestId\",\"Error\",\"RecordedAt\"";

    private readonly object _lock = new();
    private readonly FileStream _file;

    private DeletionProof(FileStream file) => _file = file;

    /// <summary>Why the last line could not be written; null where it was.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Opens a file to append to, and makes it where it is not there.</summary>
    /// <exception cref="InvalidDataException">The file is there, and is not such a CSV.</exception>
    /// <exception cref="IOException">It cannot be written, or another command is writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static DeletionProof Open(string path)
    {
        FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            DeletionProof proof = new(file);
            proof.Begin();
            return proof;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds the line of an outcome.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="deleted">Whether it was deleted; null where that is not known.</param>
    /// <param name="removedAt">The moment of the response; null where it was not deleted.</param>
    /// <param name="requestId">The server's number of the request.</param>
    /// <param name="error">The id of the error; null for none.</param>
    public void Append(ChatKitThreadReference thread, bool? deleted, DateTime? removedAt, string? requestId, string? error)
    {
        string outcome = deleted switch { true => "True", false => "False", null => "Unknown" };
        WriteLine(string.Join(",", new[]
        {
            thread.Id, outcome, thread.Title, thread.User, Utc(thread.CreatedAt), Utc(removedAt), requestId, error, Utc(DateTime.UtcNow),
        }.Select(Quoted)));
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
        }
    }

    private static string Quoted(string? field) => "\"" + field?.Replace("\"", "\"\"") + "\"";

    private static string? Utc(DateTime? moment) => moment?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

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

        using (StreamReader reader = new(_file, Encoding.UTF8, true, 1024, leaveOpen: true))
        {
            if (reader.ReadLine() != Header)
            {
                throw new InvalidDataException("The file is there, and is no CSV that -ProofPath wrote.");
            }
        }

        _file.Seek(-1, SeekOrigin.End);
        bool isWhole = _file.ReadByte() == '\n';
        if (!isWhole)
        {
            Write("\r\n");
        }
    }

    private void WriteLine(string line)
    {
        lock (_lock)
        {
            if (Failure is not null || !_file.CanWrite)
            {
                return;
            }

            long end = _file.Length;
            try
            {
                Write(line + "\r\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Failure = e;
                CutTo(end);
            }
        }
    }

    private void Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
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
