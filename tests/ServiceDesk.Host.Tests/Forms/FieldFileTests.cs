using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Tests.Forms;

/// <summary>Fields that hold files: in forms with and without signing in, on pages and over REST, and for whom they are there at all.</summary>
public sealed partial class FieldFileTests(FieldFileTests.Fixture fixture) : IClassFixture<FieldFileTests.Fixture>
{
    [Fact]
    public async Task A_customer_sends_a_form_with_a_file_without_script_and_reads_it_on_the_request()
    {
        using var portal = fixture.Server.ClientOf(fixture.Cora);
        var form = await portal.GetStringAsync("/portal/ask/ITSD/ff-order?lang=ko");
        Assert.Contains("name=\"upload.fields.ff-signed\"", form, StringComparison.Ordinal);
        Assert.Contains("accept=\".pdf,.txt\"", form, StringComparison.Ordinal);

        var (missing, why) = await PostAsync(portal, "/portal/ask/ITSD/ff-order", Order("1"), []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing);
        Assert.Contains("id=\"in-fields-ff-signed-error\"", why, StringComparison.Ordinal);

        var (wrong, told) = await PostAsync(
            portal,
            "/portal/ask/ITSD/ff-order",
            Order("1"),
            [("upload.fields.ff-signed", "signed.docx", "text")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Contains("signed.docx", told, StringComparison.Ordinal);

        // A form that is refused for something else keeps the file that came up with it.
        var (refused, kept) = await PostAsync(
            portal,
            "/portal/ask/ITSD/ff-order",
            [.. Order("1").Where(one => one.Item1 != "summary")],
            [("upload.fields.ff-signed", "서명.txt", "signed")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        var token = Kept().Match(kept).Groups["token"].Value;
        Assert.Contains("서명.txt", WebUtility.HtmlDecode(kept), StringComparison.Ordinal);

        var (sent, text) = await PostAsync(
            portal,
            "/portal/ask/ITSD/ff-order",
            [.. Order("1"), ("fields.ff-signed", token)],
            []
        );
        Assert.True(sent == HttpStatusCode.Redirect, text);
        var key = Key().Match(await portal.GetStringAsync("/portal/requests")).Groups["key"].Value;
        var request = WebUtility.HtmlDecode(await portal.GetStringAsync($"/portal/requests/{key}"));
        Assert.Contains("서명.txt", request, StringComparison.Ordinal);
        Assert.Equal("signed", await portal.GetStringAsync($"/files/{key}/{token}"));
        using var agent = fixture.Server.ClientOf(fixture.Alex);
        foreach (var path in new[] { $"/workspace/tickets/{key}?tab=history", "/workspace/ITSD/ff-orders" })
        {
            Assert.Contains(
                "서명.txt",
                WebUtility.HtmlDecode(await agent.GetStringAsync(path)),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_stranger_sends_a_file_along_and_claims_nobodys()
    {
        using var anybody = fixture.Server.ClientOf(null);
        const string address = "/portal/open/ITSD/ff-order";
        (string, string)[] sender = [("name", "Vera Visitor"), ("email", "vera@elsewhere.example")];
        var form = await anybody.GetStringAsync(address);
        Assert.DoesNotContain("data-upload=\"/files\"", form, StringComparison.Ordinal);

        var (first, why) = await PostAsync(
            anybody,
            address,
            [.. sender, .. Order("2")],
            [("upload.fields.ff-signed", "mine.txt", "from outside")]
        );
        Assert.True(first == HttpStatusCode.Redirect, why);
        var ticket = (await FoundAsync("ff-signed = mine.txt")).Single();
        var file = ((FilesValue)ticket.Fields["ff-signed"]).Files.Single();
        Assert.Equal(Channel.Form, ticket.Channel);

        var (second, told) = await PostAsync(
            anybody,
            address,
            [.. sender, .. Order("3"), ("fields.ff-signed", $"{file.Id}")],
            []
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second);
        Assert.Contains("id=\"in-fields-ff-signed-error\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_field_hides_its_file_wherever_files_are_shown()
    {
        var ticket = await fixture.Server.OpenAsync(fixture.Cora, "With a secret");
        using var admin = await fixture.Server.RestAsync(fixture.Ada);
        var put = await AttachAsync(admin, ticket, "salary.txt", "ff-secret");
        var id = (long)put["items"]![0]!["id"]!;
        Assert.Equal("internal", (string?)put["items"]![0]!["visibility"]);

        using var rest = await fixture.Server.RestAsync(fixture.Alex);
        using var agent = fixture.Server.ClientOf(fixture.Alex);
        using var ada = fixture.Server.ClientOf(fixture.Ada);
        string[] pages =
        [
            $"/workspace/tickets/{ticket.Key}",
            $"/workspace/tickets/{ticket.Key}?tab=history",
            $"/workspace/tickets/{ticket.Key}/edit",
        ];
        foreach (var path in pages)
        {
            Assert.DoesNotContain("salary", await agent.GetStringAsync(path), StringComparison.Ordinal);
            Assert.Contains("salary", await ada.GetStringAsync(path), StringComparison.Ordinal);
        }

        foreach (var path in new[] { "", "/attachments", "/history" })
        {
            var address = $"/api/v1/tickets/{ticket.Key}{path}";
            Assert.DoesNotContain("salary", await rest.GetStringAsync(address), StringComparison.Ordinal);
            Assert.Contains("salary", await admin.GetStringAsync(address), StringComparison.Ordinal);
        }

        foreach (var path in new[] { $"/files/{ticket.Key}/{id}", $"/files/{ticket.Key}/{id}/text" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync(path)).StatusCode);
        }

        var download = $"/api/v1/tickets/{ticket.Key}/attachments/{id}";
        Assert.Equal(HttpStatusCode.NotFound, (await rest.GetAsync(download)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(download)).StatusCode);
        // Nor does a guess at its number bring it into a field that is seen.
        using var guessed = await PatchAsync(rest, ticket, new JsonObject { ["ff-quotes"] = new JsonArray(id) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, guessed.StatusCode);

        // It is still hidden when another one takes its place.
        await AttachAsync(admin, ticket, "other.txt", "ff-secret");
        Assert.Equal(HttpStatusCode.NotFound, (await rest.GetAsync(download)).StatusCode);

        using var copy = await rest.PostAsJsonAsync(
            $"/api/v1/tickets/{ticket.Key}/duplicate",
            new { attachments = true }
        );
        var copied = (string)JsonNode.Parse(await copy.Content.ReadAsStringAsync())!["key"]!;
        Assert.DoesNotContain(
            "salary",
            await admin.GetStringAsync($"/api/v1/tickets/{copied}/attachments"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Over_rest_files_are_uploaded_named_by_number_and_shown_with_their_names()
    {
        using var rest = await fixture.Server.RestAsync(fixture.Alex);
        using var other = await fixture.Server.RestAsync(fixture.Ada);
        var mine = await UploadAsync(rest, "quote.pdf");
        var theirs = await UploadAsync(other, "theirs.pdf");

        using var stolen = await OpenAsync(rest, theirs);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stolen.StatusCode);
        Assert.Contains("/fields/ff-quotes", await stolen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var opened = await OpenAsync(rest, mine);
        var text = await opened.Content.ReadAsStringAsync();
        Assert.True(opened.StatusCode == HttpStatusCode.Created, text);
        var shown = JsonNode.Parse(text)!;
        var held = shown["fields"]!["ff-quotes"]![0]!;
        Assert.Equal((mine, "quote.pdf", 4), ((long)held["id"]!, (string)held["name"]!, (int)held["size"]!));
        Assert.Null(held["sha256"]);

        var ticket = (await FoundAsync($"key = {shown["key"]}")).Single();
        await AttachAsync(rest, ticket, "second.pdf", "ff-quotes");
        foreach (
            var (query, isFound) in new[]
            {
                ("ff-quotes = \"QUOTE.pdf\"", true),
                ("ff-quotes ~ second", true),
                ("ff-quotes IS NOT EMPTY AND ff-quotes != third.pdf", true),
                ("ff-quotes IS EMPTY", false),
                ("ff-quotes = quote", false),
            }
        )
        {
            Assert.Equal(isFound, (await FoundAsync($"({query}) AND key = {ticket.Key}")).Count == 1);
        }

        // What a client was shown it may send back.
        using var back = await PatchAsync(
            rest,
            ticket,
            new JsonObject { ["ff-quotes"] = new JsonArray(held.DeepClone()) }
        );
        Assert.True(back.IsSuccessStatusCode, await back.Content.ReadAsStringAsync());
        var after = (await FoundAsync($"key = {ticket.Key}")).Single();
        Assert.Equal("quote.pdf", ((FilesValue)after.Fields["ff-quotes"]).Files.Single().Name);
        Assert.Equal(2, after.Attachments);

        using var redacted = await other.PostAsJsonAsync(
            $"/api/v1/tickets/{ticket.Key}/redactions",
            new { attachment = mine, reason = "not ours" }
        );
        Assert.True(redacted.IsSuccessStatusCode, await redacted.Content.ReadAsStringAsync());
        Assert.Empty((await FoundAsync($"ff-quotes IS NOT EMPTY AND key = {ticket.Key}")));
        using var again = await PatchAsync(rest, ticket, new JsonObject { ["ff-quotes"] = new JsonArray(mine) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
    }

    [Fact]
    public async Task Agents_put_files_into_fields_take_them_out_and_are_asked_for_them_on_the_way()
    {
        var ticket = await fixture.Server.OpenAsync(fixture.Cora, "Edited");
        using var agent = fixture.Server.ClientOf(fixture.Alex);
        var edit = $"/workspace/tickets/{ticket.Key}/edit";
        (string, string)[] words = [("summary", "Edited"), ("description", ""), ("labels", "")];
        var (saved, why) = await PostAsync(
            agent,
            $"{edit}?handler=Save",
            [.. words, ("version", $"{ticket.Version}")],
            [("upload.fields.ff-quotes", "a.pdf", "1"), ("upload.fields.ff-quotes", "b.pdf", "2")]
        );
        Assert.True(saved == HttpStatusCode.Redirect, why);
        var page = await agent.GetStringAsync(edit);
        var kept = Kept().Matches(page).Select(match => match.Groups["token"].Value).ToList();
        Assert.Equal(2, kept.Count);

        var now = (await FoundAsync($"key = {ticket.Key}")).Single();
        var (taken, told) = await PostAsync(
            agent,
            $"{edit}?handler=Save",
            [.. words, ("version", $"{now.Version}"), ("fields.ff-quotes", kept[1])],
            []
        );
        Assert.True(taken == HttpStatusCode.Redirect, told);
        Assert.Single(await FoundAsync($"ff-quotes = b.pdf AND ff-quotes != a.pdf AND key = {ticket.Key}"));
    }

    [GeneratedRegex("/portal/requests/(?<key>ITSD-[0-9]+)", RegexOptions.None, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(
        "type=\"checkbox\" name=\"fields\\.ff-[a-z]+\" value=\"(?<token>[0-9]+)\"",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Kept();

    [GeneratedRegex("name=\"request-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();

    private static (string, string)[] Order(string mark) => [("summary", "An order"), ("once", mark.PadLeft(24, '0'))];

    // A form as a browser without script sends it, with files.
    private static async Task<(HttpStatusCode Status, string Html)> PostAsync(
        HttpClient client,
        string path,
        (string Name, string Value)[] fields,
        (string Name, string File, string Content)[] files
    )
    {
        using var page = await client.GetAsync($"{path.Split('?')[0]}?lang=en");
        using var post = new HttpRequestMessage(HttpMethod.Post, path);
        post.Headers.Add(
            "Cookie",
            string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]))
        );
        post.Headers.Add(
            "RequestVerificationToken",
            Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value
        );
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var (name, file, content) in files)
        {
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), name, file);
        }

        post.Content = form;
        using var answer = await client.SendAsync(post);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonNode> AttachAsync(HttpClient rest, TicketState ticket, string name, string field)
    {
        using var content = Bytes();
        using var answer = await rest.PostAsync(
            $"/api/v1/tickets/{ticket.Key}/attachments?name={name}&field={field}",
            content
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<long> UploadAsync(HttpClient rest, string name)
    {
        using var content = Bytes();
        using var answer = await rest.PostAsync($"/api/v1/files?name={name}", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return (long)JsonNode.Parse(text)!["id"]!;
    }

    private static ByteArrayContent Bytes() =>
        new("text"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

    private static Task<HttpResponseMessage> OpenAsync(HttpClient rest, long file) =>
        rest.PostAsJsonAsync(
            "/api/v1/tickets",
            new
            {
                desk = "ITSD",
                type = "incident",
                summary = "With a quote",
                fields = new Dictionary<string, long[]>(StringComparer.Ordinal) { ["ff-quotes"] = [file] },
            }
        );

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient rest, TicketState ticket, JsonObject fields)
    {
        using var before = await rest.GetAsync($"/api/v1/tickets/{ticket.Key}");
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/tickets/{ticket.Key}");
        patch.Headers.IfMatch.Add(before.Headers.ETag!);
        patch.Content = JsonContent.Create(new JsonObject { ["fields"] = fields });
        return await rest.SendAsync(patch);
    }

    // What is in the store of tickets that match.
    private async Task<IReadOnlyList<TicketState>> FoundAsync(string query)
    {
        using var rest = await fixture.Server.RestAsync(fixture.Ada);
        var page = await rest.GetFromJsonAsync<JsonObject>($"/api/v1/tickets?query={Uri.EscapeDataString(query)}");
        var queries = fixture.Server.Services.GetRequiredService<Sdk.Queries.ITicketQueries>();
        var viewer = await fixture.Server.ViewerAsync(fixture.Ada);
        var found = new List<TicketState>();
        foreach (var ticket in page!["items"]!.AsArray())
        {
            Assert.True(TicketKey.TryParse((string)ticket!["key"]!, out var key));
            found.Add((await queries.FindByKeyAsync(viewer, key))!.State);
        }

        return found;
    }

    /// <summary>A server with such fields: one that a form asks of customers, one of several files, and one that only administrators see.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServiceDeskServer Server { get; private set; } = null!;

        public IConfiguration Configuration => Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

        public Person Ada { get; private set; } = null!;

        public Person Alex { get; private set; } = null!;

        public Person Cora { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await ServiceDeskServer.StartAsync();
            await Server.WriteAsync(Documents());
            Ada = await Server.PersonAsync("Ada Admin", "administrator");
            Alex = await Server.PersonAsync("Alex Agent", "agent");
            Cora = await Server.PersonAsync("Cora Customer", "customer");
        }

        public async Task DisposeAsync() => await Server.DisposeAsync();

        private IEnumerable<ConfigurationDocument> Documents()
        {
            var type = Configuration.All<TicketTypeDocument>().Single(one => one.Id == "incident");
            yield return Field("ff-signed") with
            {
                CustomersSee = true,
                Limits = new FieldLimits { FileTypes = ["pdf", "txt"] },
            };
            yield return Field("ff-quotes") with
            {
                Limits = new FieldLimits { MaxFiles = 3 },
            };
            yield return Field("ff-secret") with
            {
                Access =
                [
                    new FieldAccessRule { Roles = ["administrator"], Access = FieldAccess.Edit },
                    new FieldAccessRule { Access = FieldAccess.Hidden },
                ],
            };
            yield return type with
            {
                Fields = type.Fields.Concat(["ff-signed", "ff-quotes", "ff-secret"]).ToValueList(),
            };
            yield return new QueueDocument
            {
                Id = "ff-orders",
                Name = LocalizedText.Of("Orders"),
                Desk = "ITSD",
                Query = "ff-signed IS NOT EMPTY",
                Columns = ["key", "field:ff-signed"],
            };
            yield return new RequestTypeDocument
            {
                Id = "ff-order",
                Name = LocalizedText.Of("Order"),
                Desk = "ITSD",
                Type = "incident",
                Anonymous = true,
                Form = [new FormField("summary", Required: true), new FormField("ff-signed", Required: true)],
            };
        }

        private static FieldDocument Field(string id) =>
            new()
            {
                Id = id,
                Name = LocalizedText.Of(id),
                Kind = FieldKind.Attachment,
            };
    }
}
