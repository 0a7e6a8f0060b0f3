// Gets threads by id, then writes all that are not active to inactive.csv: of the project of OPENAI_API_KEY, or of the emulator where that is not set.
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
    string? key = Environment.GetEnvironmentVariable("OPENAI_API_KEY");
    using ChatKitClient client = string.IsNullOrEmpty(key) ? ChatKitEmulator.CreateClient() : new(new() { ApiKey = key });

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
    await foreach (ChatKitThread thread in client.ListAllThreadsAsync(cancellationToken: stop.Token))
    {
        if (thread.Status != "active")
        {
            string?[] fields = [thread.Id, thread.Title, thread.Status, thread.StatusReason, thread.User, $"{thread.CreatedAt?.ToUniversalTime():o}"];
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
