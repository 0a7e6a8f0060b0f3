// Starts the server on two free loopback ports and prints their addresses on one line (http, then https). It ends when
// its standard input does, so that no server outlives the test that started it. Options:
//   --empty               a project without threads
//   --threads 1000        so many threads (Bulk.cs)
//   --items 40            so many items for each of them
//   --users 400           so many users
//   --long 100000         one more thread, with so many items
//   --certificate FILE    write the certificate of https to a file, for clients that must trust it
//   --no-https            no https address: for Wine, which cannot create a certificate
//
// Requests outside /_control get the emulator's response, or a scripted reply. /_control takes:
//   GET    /_control/journal      the requests so far, in order of arrival
//   GET    /_control/load         the number of requests in flight, and its maximum
//   POST   /_control/conditions   the network conditions from now on (format: Conditions.cs)
//   POST   /_control/replies      an array of replies to add (format: Reply.cs)
//   GET    /_control/threads      the project as JSON Lines, newest first: {"thread": ..., "items": [...]}
//   POST   /_control/threads      a seed to add to the project
//   DELETE /_control              resets journal, replies, conditions and load, but not the project
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ChatKit.Emulator;
using ChatKit.LoopbackServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

ThreadStore store = args.Contains("--empty") ? new() : Option("--threads") is { } threads
    ? Bulk.Project(threads, Option("--items") ?? 0, Option("--users") ?? 100, Option("--long"))
    : Seed.Sample(DateTimeOffset.UtcNow);
using ChatKitEmulator emulator = new(store);
Journal journal = new();
ReplyScript script = new();
Traffic traffic = new(new Conditions());

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Listen(IPAddress.Loopback, 0);
    if (args.Contains("--no-https"))
    {
        return;
    }

    kestrel.Listen(IPAddress.Loopback, 0, listen =>
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(SelfSignedCertificate(Text("--certificate")));
    });
});

WebApplication app = builder.Build();
app.MapGet("/_control/journal", () => Results.Json(journal.Entries, Control.Options));
app.MapGet("/_control/load", () => Results.Json(new { journal.UnderWay, journal.MostUnderWay }, Control.Options));
app.MapPost("/_control/replies", async (HttpRequest request) =>
    script.Add(await JsonSerializer.DeserializeAsync<Reply[]>(request.Body, Control.Options) ?? []));
app.MapGet(
    "/_control/threads", () => string.Concat(store.List(true, null, null, null, int.MaxValue)!.Select(Bulk.Line)));
app.MapPost("/_control/threads", async (HttpRequest request) =>
{
    using StreamReader reader = new(request.Body);
    Seed.Load(store, await reader.ReadToEndAsync());
});
app.MapPost("/_control/conditions", (Conditions conditions) => { traffic = new(conditions); });
app.MapDelete("/_control", () =>
{
    traffic = new(new Conditions());
    journal.Clear();
    script.Clear();
});
app.MapFallback("{*path}", context => Exchange.RunAsync(context, emulator, journal, script, traffic));

await app.StartAsync();
Console.WriteLine(
    string.Join(' ', app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses));
await Console.In.ReadToEndAsync();
Environment.Exit(0);

int? Option(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

string? Text(string name) => Array.IndexOf(args, name) is >= 0 and int index ? args[index + 1] : null;

static X509Certificate2 SelfSignedCertificate(string? file)
{
    using var key = RSA.Create(2048);
    CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    SubjectAlternativeNameBuilder names = new();
    names.AddIpAddress(IPAddress.Loopback);
    request.CertificateExtensions.Add(names.Build());
    request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
    using X509Certificate2 certificate =
        request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    if (file is not null)
    {
        File.WriteAllText(file, certificate.ExportCertificatePem());
    }

    // Windows cannot serve with a key that was never exported.
    return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
}
