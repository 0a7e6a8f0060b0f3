// One archive is of one project, and what it has is gone only when the server says so.
using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class ProjectTests
{
    [Fact]
    public async Task The_key_of_another_project_is_refused_before_anything_is_written()
    {
        using Site site = Site.Of(20);
        await site.ExportAsync();
        using Site other = Site.Of(20, "_other");
        string manifest = site.Text("manifest.json");
        site.Fault = path => other.AnswerAsync(path);
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveMismatch, (await site.FailAsync(options => options.Update = true)).Kind);
        Assert.Equal(manifest, site.Text("manifest.json"));
        site.Fault = null;
        site.AssertWhole();
    }

    [Theory]
    [InlineData("openai-project")]
    [InlineData("openai-organization")]
    public async Task What_the_API_names_as_its_project_is_recorded_and_compared(string header)
    {
        using Site site = Site.Of(3);
        site.Headers[header] = "first";
        await site.ExportAsync();
        ChatKitArchiveProject project = ChatKitArchiveManifest.Read(site.Folder).Project;
        Assert.Equal("first", header == "openai-project" ? project.SeenProject : project.SeenOrganization);

        string manifest = site.Text("manifest.json");
        site.Headers[header] = "second";
        site.Add("cthr_new", 2_000_000, 1);
        ChatKitArchiveException e = await site.FailAsync(options => options.Update = true);
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveMismatch, e.Kind);
        Assert.Contains("'first'", e.Message, StringComparison.Ordinal);
        Assert.Equal(manifest, site.Text("manifest.json"));
        Assert.Equal(3, site.Lines().Length);
    }

    [Fact]
    public async Task A_list_without_threads_that_are_there_marks_none_as_gone_and_is_not_complete()
    {
        using Site site = Site.Of(20);
        await site.ExportAsync();
        site.Fault = path => Task.FromResult(path.StartsWith("threads?", StringComparison.Ordinal)
            ? new HttpResponseMessage { Content = new StringContent("""{"data":[],"has_more":false}""") }
            : null);
        ChatKitArchiveExportResult result = await site.ExportAsync(options => options.Update = true);
        Assert.Empty(result.Manifest.Gone);
        Assert.False(result.Manifest.Complete);
        Assert.True(Assert.Single(site.Failures).IsList);
        Assert.True(
            site.Requests.Count(
                path => path.StartsWith("threads/cthr_", StringComparison.Ordinal) &&
                    !path.Contains("items", StringComparison.Ordinal)) < 20);

        site.Fault = null;
        await site.ExportAsync(options => options.Update = true);
        site.AssertWhole();
    }

    [Fact]
    public async Task A_large_disappearance_is_refused_unless_it_is_meant()
    {
        using Site site = Site.Of(20);
        await site.ExportAsync();
        foreach (string id in site.Ids.Where((_, index) => index % 20 is not (0 or 7)).ToArray())
        {
            site.Remove(id);
        }

        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveMismatch, (await site.FailAsync(options => options.Update = true)).Kind);
        Assert.Empty(ChatKitArchiveManifest.Read(site.Folder).Gone);

        ChatKitArchiveExportResult result = await site.ExportAsync(
            options => options.Update = options.AllowDisappearance = true);
        Assert.Equal((18, true), (result.Manifest.Gone.Count, result.Manifest.Complete));
    }

    [Fact]
    public async Task No_more_are_asked_for_once_it_is_known_that_most_are_gone()
    {
        using Site site = Site.Of(100);
        await site.ExportAsync();
        foreach (string id in site.Ids.Where((_, index) => index % 10 < 9).ToArray())
        {
            site.Remove(id);
        }

        site.Requests.Clear();
        ChatKitArchiveException e = await site.FailAsync(options => options.Update = true);
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveMismatch, e.Kind);
        Assert.Contains("more than half", e.Message, StringComparison.Ordinal);
        int asked = site.Requests.Count(path => path.StartsWith("threads/cthr_", StringComparison.Ordinal) &&
            !path.Contains("items", StringComparison.Ordinal));
        Assert.InRange(asked, 51, 70);
    }

    [Fact]
    public async Task Half_of_the_threads_may_go()
    {
        using Site site = Site.Of(20);
        await site.ExportAsync();
        foreach (string id in site.Ids.Where((_, index) => index % 2 == 0).ToArray())
        {
            site.Remove(id);
        }

        ChatKitArchiveExportResult result = await site.ExportAsync(options => options.Update = true);
        Assert.Equal((10, true), (result.Manifest.Gone.Count, result.Manifest.Complete));
    }

    [Fact]
    public async Task A_thread_that_cannot_be_asked_for_is_not_gone()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        site.Remove("cthr_2");
        site.Fault = path => Task.FromResult(path == "threads/cthr_2" ? Site.Status(500) : null);
        ChatKitArchiveExportResult result = await site.ExportAsync(options => options.Update = true);
        Assert.Empty(result.Manifest.Gone);
        Assert.False(result.Manifest.Complete);
        site.Fault = null;
        Assert.Equal(["cthr_2"], (await site.ExportAsync(options => options.Update = true)).Manifest.Gone);
    }
}
