// Gets threads by id, then writes all that are not active to inactive.csv; without OPENAI_API_KEY, the emulator's.
using System;
using System.IO;
using System.Linq;
using System.Threading;
using ChatKit;
using ChatKit.Emulator;

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
try
{
    using ChatKitClient client = Environment.GetEnvironmentVariable("OPENAI_API_KEY") is { Length: > 0 } key
        ? new(new() { ApiKey = key }) : ChatKitEmulator.CreateClient();

    foreach (string id in args.DefaultIfEmpty("cthr_abc123"))
    {
        try
        {
            ChatKitThread thread = await client.GetThreadAsync(id, cancellationToken: stop.Token);
            Console.WriteLine($"{thread.Id} is {thread.Status}: {PrintableText.OneLine(thread.Title)}");
        }
        catch (ChatKitApiException e) when (e.Kind == ChatKitErrorKind.NotFound)
        {
            Console.Error.WriteLine(e.Message);
        }
    }

    int count = 0;
    await using StreamWriter csv = new("inactive.csv");
    await csv.WriteLineAsync("Id,Title,Status,StatusReason,User,CreatedAt");
    await foreach (ChatKitThread t in client.ListAllThreadsAsync(cancellationToken: stop.Token))
    {
        if (t.Status != "active")
        {
            string?[] fields = [t.Id, t.Title, t.Status, t.StatusReason, t.User, $"{t.CreatedAt?.ToUniversalTime():o}"];
            await csv.WriteLineAsync(string.Join(',', fields.Select(field => $"\"{field?.Replace("\"", "\"\"")}\"")));
            count++;
        }
    }

    Console.WriteLine($"{count} threads are in inactive.csv");
    return 0;
}
catch (Exception e) when (e is ChatKitApiException or ChatKitSettingException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
