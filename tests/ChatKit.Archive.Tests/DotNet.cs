// What the suite uses of .NET and .NET Framework lacks, under the same names; with tests/Shared it is all that the
// build for .NET Framework adds.
#if NETFRAMEWORK
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests
{
    [Flags]
    internal enum UnixFileMode
    {
        UserExecute = 64,
        UserWrite = 128,
        UserRead = 256,
    }

    internal sealed class TaskCompletionSource(TaskCreationOptions options = TaskCreationOptions.None)
    {
        private readonly TaskCompletionSource<bool> _source = new(options);

        public Task Task => _source.Task;

        public void SetResult() => _source.SetResult(true);

        public bool TrySetResult() => _source.TrySetResult(true);
    }

    internal static class OperatingSystem
    {
        public static bool IsWindows() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

        public static bool IsMacOS() => RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
    }

    internal static class DotNet
    {
        public static void Deconstruct<TKey, TValue>(
            this KeyValuePair<TKey, TValue> pair, out TKey key, out TValue value) =>
            (key, value) = (pair.Key, pair.Value);

        extension(string text)
        {
            public string Replace(string old, string with, StringComparison comparison) =>
                Ordinal(comparison, text.Replace(old, with));

            public bool Contains(string part, StringComparison comparison) => text.IndexOf(part, comparison) >= 0;

            public bool Contains(char part) => text.IndexOf(part) >= 0;

            public bool StartsWith(char first) => text.Length > 0 && text[0] == first;

            public bool EndsWith(char last) => text.Length > 0 && text[text.Length - 1] == last;

            public string[] Split(char separator, StringSplitOptions options) => text.Split([separator], options);

            public string[] Split(string separator, StringSplitOptions options = StringSplitOptions.None) =>
                text.Split([separator], options);

            public string ReplaceLineEndings(string with = "\n") => text.Replace("\r\n", "\n").Replace("\n", with);

            private static string Ordinal(StringComparison comparison, string replaced) =>
                comparison == StringComparison.Ordinal ? replaced : throw new NotSupportedException();
        }

        extension<T>(IEnumerable<T> items)
        {
            public IEnumerable<T> Order() => items.OrderBy(item => item);

            public IEnumerable<T> Order(IComparer<T> comparer) => items.OrderBy(item => item, comparer);

            public IEnumerable<T> OrderDescending() => items.OrderByDescending(item => item);

            public IEnumerable<T> SkipLast(int count) => items.Reverse().Skip(count).Reverse();
        }

        extension<T>(ConcurrentQueue<T> queue)
        {
            public void Clear()
            {
                while (queue.TryDequeue(out _))
                {
                }
            }
        }

        extension(HttpContent content)
        {
            public Task<byte[]> ReadAsByteArrayAsync(CancellationToken token) => content.ReadAsByteArrayAsync();

            public Task<string> ReadAsStringAsync(CancellationToken token) => content.ReadAsStringAsync();
        }

        extension(CancellationTokenSource source)
        {
            public Task CancelAsync()
            {
                source.Cancel();
                return Task.CompletedTask;
            }
        }

        extension(Task task)
        {
            public Task WaitAsync(CancellationToken token) => task.WaitAsync(Timeout.InfiniteTimeSpan, token);

            public async Task WaitAsync(TimeSpan most, CancellationToken token)
            {
                Task wait = Task.Delay(most, token);
                await (await Task.WhenAny(task, wait));
                _ = wait.IsCompleted && !task.IsCompleted ? throw new TimeoutException() : 0;
            }
        }

        // Its sets of matches are no sequences of matches.
        extension(MatchCollection matches)
        {
            public IEnumerable<TResult> Select<TResult>(Func<Match, TResult> select) =>
                matches.Cast<Match>().Select(select);

            public Match Single() => matches.Cast<Match>().Single();
        }

        extension(DateTimeOffset)
        {
            public static DateTimeOffset UnixEpoch => DateTimeOffset.FromUnixTimeSeconds(0);
        }

        extension(Environment)
        {
            public static bool IsPrivilegedProcess => Environment.UserName is "root" or "Administrator";
        }

        extension(SHA256)
        {
            public static byte[] HashData(ReadOnlySpan<byte> bytes)
            {
                using SHA256 hash = SHA256.Create();
                return hash.ComputeHash(bytes.ToArray());
            }
        }

        extension(Convert)
        {
            public static string ToHexStringLower(ReadOnlySpan<byte> bytes) =>
                string.Concat(bytes.ToArray().Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
        }

        extension(Encoding encoding)
        {
            public string GetString(ReadOnlySpan<byte> bytes) => encoding.GetString(bytes.ToArray());
        }

        extension(Directory)
        {
            public static DirectoryInfo CreateTempSubdirectory(string prefix) =>
                Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), prefix + Guid.NewGuid().ToString("N")));
        }

        extension(Path)
        {
            public static string GetRelativePath(string folder, string path) =>
                path.Substring(folder.TrimEnd(Path.DirectorySeparatorChar).Length + 1);
        }

        extension(File)
        {
            public static void SetUnixFileMode(string path, UnixFileMode mode)
            {
                using Process change = Process.Start("chmod", $"{Convert.ToString((int)mode, 8)} \"{path}\"");
                change.WaitForExit();
            }
        }
    }
}

namespace System
{
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;

        public static implicit operator Index(int value) => new(value);
    }

    internal readonly struct Range(Index start, Index end)
    {
        public Index Start => start;

        public Index End => end;

        public static Range StartAt(Index start) => new(start, new(0, true));

        public static Range EndAt(Index end) => new(0, end);
    }
}

namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit
    {
    }

    internal static class RuntimeHelpers
    {
        public static T[] GetSubArray<T>(T[] array, Range range)
        {
            int start = range.Start.GetOffset(array.Length);
            T[] part = new T[range.End.GetOffset(array.Length) - start];
            Array.Copy(array, start, part, 0, part.Length);
            return part;
        }
    }
}
#endif
