// Starts the server on two free loopback ports, prints their addresses on one line (http, then https), and ends when
// its standard input does, so that no server outlives the test that started it. With --empty the project has no
// threads, with --threads 1000 so many (Bulk.cs), with --items 40 each so many items, with --users 400 of so many
// users, and with --long 100000 one more of so many items. With --certificate the certificate of https is written to
// that file, for clients that are to trust it. With --no-https it has no second address: Wine, which runs it too, makes
// no certificate.
//
// Everything outside /_control is answered by the emulator, or by a reply that was scripted. /_control takes:   GET
// /_control/journal      what was asked so far, in order of arrival   GET    /_control/load         how many requests
// are under way, and how many were at the most   POST   /_control/conditions   what the way to the emulator is like
// from now on (Conditions.cs says of what form)   POST   /_control/replies      an array of replies to add (Reply.cs
// says of what form)   GET    /_control/threads      the whole project, a line of JSON for each thread: {"thread": ...,
// "items": [...]}, newest first   POST   /_control/threads      a seed to add to the project   DELETE /_control
// forget journal, replies, conditions and load; the project stays
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
