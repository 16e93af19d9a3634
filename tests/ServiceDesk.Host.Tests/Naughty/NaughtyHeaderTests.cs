using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Naughty;

/// <summary>The strings that break programs in headers: of requests that would be taken without them, and of the parts of a form.</summary>
public sealed class NaughtyHeaderTests(SmallCompany company) : CompanyAttempts(company), IClassFixture<SmallCompany>
{
    private const string Boundary = "naughty-boundary";

    private static readonly string[] Read =
    [
        "Accept-Language",
        "User-Agent",
        "Accept",
        "Accept-Encoding",
        "If-None-Match",
        "Range",
        "Last-Event-ID",
        "Sec-Fetch-Site",
        "HX-Request",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
    ];

    [Fact]
    public async Task No_header_of_a_request_is_a_fault()
    {
        var ticket = await Company.OpenAsync("Headers");
        var agent = BrowserSession.Of(Company);
        await agent.SignInAsync(Company.Agent.Email);
        await EachAsync(async text =>
        {
            var header = Header(text);
            await SendAsync(HttpMethod.Patch, ticket, new { description = "x" }, ("If-Match", header));
            await SendAsync(HttpMethod.Post, $"{ticket}/comments", new { body = "x" }, ("Idempotency-Key", header));
            using var typed = Answers.Request(HttpMethod.Post, $"{ticket}/comments", null);
            typed.Content = new ByteArrayContent("{\"body\":\"x\"}"u8.ToArray());
            typed.Content.Headers.TryAddWithoutValidation("Content-Type", header);
            using var taken = await Company.AsAgent.SendAsync(typed);
            await ReadAsync(taken, "a content type", text);
            // Each alone for one string of each kind, all together for the others.
            foreach (var names in OfEachKind.Contains(text) ? [.. Read.Select(name => new[] { name })] : new[] { Read })
            {
                using var read = new HttpRequestMessage(HttpMethod.Get, "/workspace/search");
                foreach (var name in names)
                {
                    read.Headers.TryAddWithoutValidation(name, header);
                }

                await PageAsync(agent.SendAsync(read), string.Join(", ", names), text);
            }

            // Who one is: nobody, whatever stands there. The minute keeps it from being taken for guessing.
            Company.Time.Move(Duration.FromMinutes(1));
            foreach (
                var (name, value) in (IEnumerable<(string, string)>)
                    [
                        ("Authorization", header),
                        ("Authorization", $"Bearer {header}"),
                        ("Cookie", $"servicedesk={header}"),
                        ("Cookie", header),
                    ]
            )
            {
                using var asked = Answers.Request(HttpMethod.Get, ticket, null, (name, value));
                using var answer = await Company.Client().SendAsync(asked);
                Same(text, $"{HttpStatusCode.Unauthorized}", $"{answer.StatusCode}", name);
            }
        });
    }

    [Fact]
    public async Task What_is_said_of_a_change_in_a_header_is_kept_as_it_was_said()
    {
        const string path = "/api/v1/configuration/field/said-of-it";
        foreach (var (at, text) in OfEachKind.Append(Strings.MaxBy(one => one.Length)!).Index())
        {
            var said = Header(text).Trim();
            using var put = Answers.Request(
                HttpMethod.Put,
                path,
                new
                {
                    id = "said-of-it",
                    name = $"Said {at}",
                    type = "text",
                },
                ("X-Comment", said)
            );
            using var answer = await Company.AsAdmin.SendAsync(put);
            await ReadAsync(answer, "a comment", text);
            if (!answer.IsSuccessStatusCode)
            {
                Note((int)answer.StatusCode is 400 or 422 ? null : $"a comment answers {answer.StatusCode}", text);
                continue;
            }

            var versions = await (await Company.AsAdmin.GetAsync($"{path}/versions")).Content.ReadAsStringAsync();
            var newest = JsonNode.Parse(versions)!["items"]!.AsArray().MaxBy(one => (int)one!["version"]!)!;
            Same(text, said, (string?)newest["comment"] ?? "", "the version's comment");
        }

        AssertNothingFound();
    }

    [Fact]
    public async Task No_name_of_a_file_or_a_part_is_a_fault()
    {
        var customer = BrowserSession.Of(Company);
        await customer.SignInAsync(Company.Customer.Email);
        var token = await customer.TokenAsync();
        await EachAsync(async text =>
        {
            // Browsers send names as they are, in the bytes of the page, and quotes and line breaks as percent signs with numbers.
            var quoted = text.Replace("\"", "%22", StringComparison.Ordinal).ReplaceLineEndings("%0A");
            string[] dispositions =
            [
                $"form-data; name=\"file\"; filename=\"{quoted}\"",
                $"form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(text)}",
                $"form-data; name=\"{quoted}\"; filename=\"x.txt\"",
                quoted,
            ];
            foreach (var disposition in dispositions)
            {
                var body =
                    $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{BrowserSession.Field}\"\r\n\r\n{token}\r\n"
                    + $"--{Boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: text/plain\r\n\r\ncontent\r\n"
                    + $"--{Boundary}--\r\n";
                using var post = new HttpRequestMessage(HttpMethod.Post, "/files");
                post.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                post.Content.Headers.TryAddWithoutValidation(
                    "Content-Type",
                    $"multipart/form-data; boundary={Boundary}"
                );
                await PageAsync(customer.SendAsync(post), "an upload", text);
            }
        });
    }
}
