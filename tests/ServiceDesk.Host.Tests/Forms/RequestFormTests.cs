using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Tests.Forms;

/// <summary>A form that thinks, as the portal and the workspace show it and take it without script.</summary>
public sealed class RequestFormTests(RequestFormTests.Fixture fixture) : IClassFixture<RequestFormTests.Fixture>
{
    private static readonly (string, string)[] Asked =
    [
        ("requestType", "story"),
        ("desk", "ITSD"),
        ("summary", "A screen, please"),
        ("fields.story-kind", "screen"),
        ("fields.story-code", "KR-7"),
        ("once", "0123456789abcdef01234567"),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_question_that_an_answer_opens_is_shown_before_the_request_is_taken(bool inPortal)
    {
        var page = PageOf(inPortal);
        (string, string)[] more = inPortal ? [] : [("requester", fixture.Customer.Email)];

        var (status, html) = await page.PostAsync("", null, "en", [.. Asked, .. more, ("seen", "summary story-kind")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("open further questions", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("data-place=\"story-size\"[^>]*hidden", html);
        Assert.Matches("data-place=\"story-mount\"[^>]*hidden", html);
        Assert.Contains("value=\"A screen, please\"", html, StringComparison.Ordinal);

        var (taken, _) = await page.PostAsync(
            "",
            null,
            "en",
            [
                .. Asked,
                .. more,
                ("seen", "summary story-kind story-size story-code"),
                ("fields.story-size", "27"),
                ("fields.story-mount", "hidden, so not taken"),
            ]
        );

        Assert.Equal(HttpStatusCode.Redirect, taken);
        var ticket = await NewestAsync();
        Assert.Equal("story", ticket.RequestType);
        Assert.Equal(
            ValueMap<FieldValue>
                .Empty.SetItem("story-kind", new ChoiceValue("screen"))
                .SetItem("story-size", new NumberValue(27))
                .SetItem("story-code", new TextValue("KR-7")),
            ticket.Fields
        );
    }

    [Theory]
    [InlineData("en", "Two letters, a dash, a number.")]
    [InlineData("ko", "영문 두 자, 줄표, 숫자로 적어 주세요.")]
    public async Task A_refused_form_says_why_in_the_administrators_words_and_keeps_even_what_it_hides(
        string language,
        string sentence
    )
    {
        (string, string)[] wrong =
        [
            .. Asked.Where(one => one.Item1 != "fields.story-code"),
            ("fields.story-code", "nonsense"),
            ("fields.story-size", "27"),
            ("fields.story-mount", "kept for later"),
        ];

        var (status, html) = await PageOf(inPortal: true).PostAsync("", null, language, wrong);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var words = WebUtility.HtmlDecode(html);
        Assert.Contains(sentence, words, StringComparison.Ordinal);
        Assert.Contains("value=\"kept for later\"", words, StringComparison.Ordinal);
        Assert.Contains("value=\"nonsense\"", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_form_holds_the_defaults_and_hides_what_nobody_asked_for()
    {
        foreach (
            var html in new[]
            {
                await fixture.Portal.GetStringAsync("/portal/ask/ITSD/story"),
                await fixture.Workspace.GetStringAsync("/workspace/new?desk=ITSD&requestType=story"),
            }
        )
        {
            Assert.Contains("name=\"fields.story-code\" value=\"KR-1\"", html, StringComparison.Ordinal);
            Assert.Matches("data-place=\"story-size\"[^>]*hidden", html);
            Assert.Contains(
                "<noscript><input type=\"hidden\" name=\"seen\" value=\"summary story-kind story-code\">",
                html,
                StringComparison.Ordinal
            );
        }
    }

    private EditorPage PageOf(bool inPortal) =>
        inPortal
            ? new EditorPage(fixture.Portal, "/portal/ask/ITSD/story")
            : new EditorPage(fixture.Workspace, "/workspace/new");

    private async Task<TicketState> NewestAsync()
    {
        var store = fixture.Server.Services.GetRequiredService<ITicketStore>();
        TicketId? newest = null;
        for (var number = 1; await store.FindAsync(new TicketKey("ITSD", number), default) is { } found; number++)
        {
            newest = found;
        }

        return (await fixture.Server.Tickets.GetAsync(newest!.Value))!.State;
    }

    /// <summary>A server with a form on which questions depend.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServiceDeskServer Server { get; private set; } = null!;

        public Person Customer { get; private set; } = null!;

        public HttpClient Portal { get; private set; } = null!;

        public HttpClient Workspace { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await ServiceDeskServer.StartAsync();
            await Server.WriteAsync(Documents());
            Customer = await Server.PersonAsync("Cora Customer", "customer");
            Portal = Server.ClientOf(Customer);
            Workspace = Server.ClientOf(await Server.PersonAsync("Alex Agent", "agent"));
        }

        public async Task DisposeAsync()
        {
            Portal.Dispose();
            Workspace.Dispose();
            await Server.DisposeAsync();
        }

        private IEnumerable<ConfigurationDocument> Documents()
        {
            var snapshot = Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
            var type = snapshot.All<TicketTypeDocument>().Single(one => one.Id == "incident");
            yield return Field("story-kind", FieldKind.Choice) with
            {
                Choices =
                [
                    new FieldChoice("screen", LocalizedText.Of("Screen", "화면")),
                    new FieldChoice("mouse", LocalizedText.Of("Mouse", "마우스")),
                ],
            };
            yield return Field("story-size", FieldKind.Number);
            yield return Field("story-mount", FieldKind.Text);
            yield return Field("story-code", FieldKind.Text) with
            {
                Default = "KR-1",
                Limits = new FieldLimits
                {
                    Pattern = "[A-Z]{2}-[0-9]+",
                    Sentence = LocalizedText.Of(
                        "Two letters, a dash, a number.",
                        "영문 두 자, 줄표, 숫자로 적어 주세요."
                    ),
                },
            };
            yield return type with
            {
                Fields = type.Fields.Concat(["story-kind", "story-size", "story-mount", "story-code"]).ToValueList(),
            };
            yield return new RequestTypeDocument
            {
                Id = "story",
                Name = LocalizedText.Of("A story", "이야기"),
                Desk = "ITSD",
                Type = "incident",
                Form =
                [
                    new FormField("summary", Required: true),
                    new FormField("story-kind"),
                    new FormField("story-size")
                    {
                        When = [new FormCondition { Field = "story-kind", Is = ["screen"] }],
                    },
                    new FormField("story-mount")
                    {
                        When = [new FormCondition { Field = "story-kind", Is = ["mouse"] }],
                    },
                    new FormField("story-code"),
                ],
            };
        }

        private static FieldDocument Field(string id, FieldKind kind) =>
            new()
            {
                Id = id,
                Name = LocalizedText.Of(id),
                Kind = kind,
            };
    }
}
