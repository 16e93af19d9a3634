using System.Net;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>Taking words and files out for good over REST, and the rules that files are held to there.</summary>
[Collection(CompanyTests.Name)]
public class RedactionApiTests(SmallCompany company)
{
    private const string Secret = "비밀번호 q8-Zebra";

    [Fact]
    public async Task A_passage_is_taken_out_of_everything_and_the_history_says_that_it_was()
    {
        var path = await company.OpenAsync("With a password");
        await company
            .AsCustomer.PostAsync($"{path}/comments", new { body = $"It is {Secret}." }, "once")
            .OkAsync(HttpStatusCode.Created);
        await company
            .AsAgent.PostAsync($"{path}/comments", new { body = $"> {Secret}", visibility = "internal" })
            .OkAsync(HttpStatusCode.Created);

        await company
            .AsAdmin.PostAsync($"{path}/redactions", new { passage = Secret, reason = "a password" })
            .OkAsync();

        foreach (var place in (string[])["", "/comments", "/history"])
        {
            foreach (var who in (HttpClient[])[company.AsAgent, company.AsCustomer, company.AsAdmin])
            {
                var shown = (await who.GetAsync(path + place).OkAsync()).ToJsonString();
                Assert.DoesNotContain("Zebra", shown, StringComparison.Ordinal);
            }
        }

        var comments = (await company.AsCustomer.GetAsync($"{path}/comments").OkAsync())["items"]!.AsArray();
        Assert.Equal("It is ████.", (string)Assert.Single(comments)!["body"]!);
        var history = (await company.AsAgent.GetAsync($"{path}/history").OkAsync())["items"]!.AsArray();
        var told = Assert.Single(history, one => (string)one!["event"]! == "ticket.text-redacted");
        Assert.Equal("a password", (string)told!["data"]!["reason"]!);
        var seen = (await company.AsCustomer.GetAsync($"{path}/history").OkAsync()).ToJsonString();
        Assert.DoesNotContain("a password", seen, StringComparison.Ordinal);
        // A repeat of what was written is known still, and shows what is left.
        var again = await company
            .AsCustomer.PostAsync($"{path}/comments", new { body = $"It is {Secret}." }, "once")
            .OkAsync(HttpStatusCode.Created);
        Assert.Equal("It is ████.", (string)again["body"]!);
    }

    [Fact]
    public async Task Only_who_may_redacts_and_others_do_not_learn_that_there_is_a_ticket()
    {
        var path = await company.OpenAsync("Nothing to take");
        var wish = new { passage = "Nothing", reason = "why" };

        await company.AsAgent.PostAsync($"{path}/redactions", wish).ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsCustomer.PostAsync($"{path}/redactions", wish).ProblemAsync(HttpStatusCode.Forbidden);
        await company
            .AsAdmin.PostAsync("/api/v1/tickets/ITSD-99999999/redactions", wish)
            .ProblemAsync(HttpStatusCode.NotFound, "refusal.ticket-unknown");
        await company
            .AsAdmin.PostAsync($"{path}/redactions", new { passage = "no such words", reason = "why" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.redaction-not-there");
        await company
            .AsAdmin.PostAsync(
                $"{path}/redactions",
                new
                {
                    passage = "Nothing",
                    attachment = 1,
                    reason = "why",
                }
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.redaction-one");
        await company
            .AsAdmin.PostAsync($"{path}/redactions", new { attachment = 999_999, reason = "why" })
            .ProblemAsync(HttpStatusCode.NotFound, "refusal.file-not-there");
        Assert.Equal("Nothing to take", (string)(await company.AsAgent.GetAsync(path).OkAsync())["summary"]!);
    }

    [Fact]
    public async Task An_attachment_is_taken_away_and_its_place_says_when()
    {
        var path = await company.OpenAsync("With a file");
        using var content = new ByteArrayContent("a passport"u8.ToArray());
        var file = (
            await company
                .AsCustomer.PostAsync($"{path}/attachments?name=pass.txt", content)
                .OkAsync(HttpStatusCode.Created)
        )["items"]![0]!;

        await company
            .AsAdmin.PostAsync(
                $"{path}/redactions",
                new
                {
                    attachment = (long)file["id"]!,
                    name = "gone.txt",
                    reason = "a passport",
                }
            )
            .OkAsync();

        var left = Assert.Single(
            (await company.AsCustomer.GetAsync($"{path}/attachments").OkAsync())["items"]!.AsArray()
        )!;
        Assert.Equal("gone.txt", (string)left["name"]!);
        Assert.NotNull((string?)left["removedAt"]);
        await company
            .AsAgent.GetAsync((string)file["url"]!)
            .ProblemAsync(HttpStatusCode.NotFound, "api.attachment-unknown");
    }

    [Fact]
    public async Task A_program_is_refused_under_whatever_name()
    {
        var path = await company.OpenAsync("With a program");
        byte[] program = [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0, 4, 0];

        foreach (
            var (name, code) in new[]
            {
                ("shot.png", "refusal.file-disguised"),
                ("setup.exe", "refusal.file-type-refused"),
                ("setup.txt", "refusal.file-type-refused"),
            }
        )
        {
            using var content = new ByteArrayContent(program);
            var problem = await company
                .AsCustomer.PostAsync($"{path}/attachments?name={name}", content)
                .ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
            Assert.Contains(name, problem.ToJsonString(), StringComparison.Ordinal);
        }
    }
}
