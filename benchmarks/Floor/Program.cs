// The floor: the requests of one row by a bare HttpClient. Floor <work> <width>; the environment says where and with
// which key.
//
// For each line of standard input, which is a count, it does the work for so many threads and answers with a line:
// seconds, how many objects came, and the peak of the process's memory in MiB. Each contender of Bench.ps1 does so.
using System;
using System.Diagnostics;
using System.Globalization;
using ChatKit.Benchmarks;

string work = args[0];
using Requests requests = new(int.Parse(args[1], CultureInfo.InvariantCulture));
while (Console.ReadLine() is { } line)
{
    int count = int.Parse(line, CultureInfo.InvariantCulture);
    long start = Stopwatch.GetTimestamp();
    int got = work switch
    {
        "by-id" => await requests.GetThreadsAsync(count),
        "by-id-streamed" => await requests.StreamThreadsByIdAsync(count),
        "list" => (await requests.ListThreadsAsync()).Count,
        "list-streamed" => await requests.StreamThreadsAsync(count),
        "users" => await requests.ListUsersAsync(count),
        "items" => await requests.GetItemsAsync(count),
        "export" => await requests.ExportAsync(),
        _ => throw new ArgumentException($"no such work: {work}"),
    };
    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    using var process = Process.GetCurrentProcess();
    Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{seconds:f6} {got} {process.PeakWorkingSet64 / 1048576.0:f1}"));
}
