using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Reactions.Rules.Recipes;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Tests.Rules;

/// <summary>The editor of rules as a plain form: what a browser without script sends, and what it gets.</summary>
public sealed partial class RuleEditorTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person admin = null!;
    private HttpClient client = null!;
    private EditorPage page = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        admin = await server.PersonAsync("Ada Admin", "administrator");
        client = server.ClientOf(admin);
        page = new EditorPage(client, "/administration/rules/edit");
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("/administration/rules")]
    [InlineData("/administration/rules/log")]
    [InlineData("/administration/rules/recipes")]
    [InlineData("/administration/rules/edit")]
    [InlineData("/administration/rules/edit?recipe=tell-watchers")]
    public async Task They_are_for_those_who_configure_and_speak_both_languages(string path)
    {
        foreach (var language in Languages.All)
        {
            var html = await client.GetStringAsync($"{path}{(path.Contains('?') ? '&' : '?')}lang={language}");
            Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain("[rule.", html, StringComparison.Ordinal);
            Assert.DoesNotContain("[common.", html, StringComparison.Ordinal);
        }

        using var agent = server.ClientOf(await server.PersonAsync("Alex Agent", "agent"));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_choice_asks_for_what_belongs_to_it_and_buttons_add_move_and_remove()
    {
        var html = await ShapeAsync("shape", ("when.0.on", "schedule"));
        Assert.Contains("name=\"when.0.cron\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"when.0.after\"", html, StringComparison.Ordinal);

        html = await ShapeAsync("add-when", ("when.0.on", "opened"));
        Assert.Contains("name=\"when.1.on\"", html, StringComparison.Ordinal);

        (string, string)[] two =
        [
            ("when.0.on", "opened"),
            ("then.0.do", "priority"),
            ("then.0.priority", "high"),
            ("then.1.do", "comment"),
            ("then.1.text-en", "<b>Bold</b>"),
        ];
        html = await ShapeAsync("up-then.1", two);
        Assert.Matches("name=\"then.0.text-en\"[^>]*>\\s*&lt;b&gt;Bold", html);
        Assert.Contains("name=\"then.1.priority\"", html, StringComparison.Ordinal);

        html = await ShapeAsync("remove-then.0", two);
        Assert.DoesNotContain("then.1.", html, StringComparison.Ordinal);
        Assert.Empty(await server.Services.GetRequiredService<IRuleDrafts>().AllAsync(default));
    }

    [Fact]
    public async Task A_draft_is_kept_does_not_run_and_is_published_with_its_difference()
    {
        (string, string)[] written =
        [
            ("name-en", "Label fires"),
            ("name-ko", "화재 표시"),
            ("enabled", "true"),
            ("when.0.on", "opened"),
            ("if", "summary ~ fire"),
            ("then.0.do", "edit"),
            ("then.0.labels-add", "fire, hot"),
            ("else.0.do", "comment"),
            ("else.0.visibility", "internal"),
            ("else.0.text-en", "No fire"),
            ("else.0.text-ko", "화재 아님"),
        ];
        var (kept, _) = await PostAsync("Draft", null, written);
        Assert.Equal(HttpStatusCode.Redirect, kept);
        var configuration = server.Services.GetRequiredService<ICurrentConfiguration>();
        Assert.False(configuration.Snapshot.TryGet<RuleDocument>("label-fires", out _));
        Assert.Contains("label-fires", await client.GetStringAsync("/administration/rules"), StringComparison.Ordinal);
        var shown = await client.GetStringAsync("/administration/rules/edit/label-fires?lang=en");
        Assert.Contains("This is a draft", shown, StringComparison.Ordinal);
        Assert.Contains("화재 아님", WebUtility.HtmlDecode(shown), StringComparison.Ordinal);

        var (_, compared) = await PostAsync("Compare", "label-fires", written);
        Assert.Contains("diff-added", compared, StringComparison.Ordinal);
        Assert.Contains("if: summary ~ fire", WebUtility.HtmlDecode(compared), StringComparison.Ordinal);
        Assert.False(configuration.Snapshot.TryGet<RuleDocument>("label-fires", out _));

        // Nobody writes over a draft that was not seen; who then saw it does.
        var (unseen, _) = await PostAsync("Draft", "label-fires", [.. written, ("description", "late")]);
        Assert.Equal(HttpStatusCode.Conflict, unseen);
        var (again, _) = await PostAsync(
            "Draft",
            "label-fires",
            [.. written, ("seen", SeenField().Match(shown).Groups["tag"].Value)]
        );
        Assert.Equal(HttpStatusCode.Redirect, again);

        var (published, _) = await PostAsync(
            "Publish",
            "label-fires",
            [.. written, ("seen", SeenField().Match(shown).Groups["tag"].Value)]
        );
        Assert.Equal(HttpStatusCode.Redirect, published);
        Assert.True(configuration.Snapshot.TryGet<RuleDocument>("label-fires", out var rule));
        Assert.Equal(["fire", "hot"], rule.Then[0].AddLabels);
        Assert.Equal("화재 아님", rule.Else[0].Text!.In("ko"));
        Assert.Empty(await server.Services.GetRequiredService<IRuleDrafts>().AllAsync(default));

        // Somebody else was faster: the form still knows version 0.
        var (late, html) = await PostAsync("Publish", "label-fires", [.. written, ("description", "late")]);
        Assert.Equal(HttpStatusCode.Conflict, late);
        Assert.Contains("화재 아님", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_lost()
    {
        var (status, html) = await PostAsync(
            "Compare",
            null,
            ("name-en", "Broken"),
            ("when.0.on", "commented"),
            ("when.0.after", "soon"),
            ("then.0.do", "priority"),
            ("then.0.priority", "low")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("soon", html, StringComparison.Ordinal);

        (status, html) = await PostAsync(
            "Publish",
            null,
            ("name-en", "Broken"),
            ("when.0.on", "opened"),
            ("if", "priority ="),
            ("then.0.do", "webhook"),
            ("then.0.url", "http://hooks.example.com/")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("rule-problems", html, StringComparison.Ordinal);
        Assert.Contains("http://hooks.example.com/", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_editor_does_not_know_stays_as_it_is()
    {
        const string Rest = """
            {"id":"old","name":{"en":"Old","ja":"古い"},"when":[{"on":"opened"}],
             "then":[{"do":"gone.act","with":{"a":"b"}},{"do":"comment","visibility":"internal","text":{"en":"x","ja":"日本"}}]}
            """;
        var (_, html) = await PostAsync(
            "Shape&op=down-then.0",
            null,
            ("rest", Rest),
            ("name-en", "Old"),
            ("when.0.on", "opened"),
            ("then.0.drawn", "0"),
            ("then.0.do", "gone.act"),
            ("then.1.drawn", "1"),
            ("then.1.do", "comment"),
            ("then.1.visibility", "internal"),
            ("then.1.text-en", "y")
        );

        var rest = WebUtility.HtmlDecode(RestField().Match(html).Groups["rest"].Value);
        var rule = (RuleDocument)DocumentText.FromStored(DocumentKinds.Rule, rest);
        Assert.Equal("古い", rule.Name.In("ja"));
        Assert.Equal(("y", "日本"), (rule.Then[0].Text!.In("en"), rule.Then[0].Text!.In("ja")));
        Assert.Equal(("gone.act", "b"), (rule.Then[1].Do, rule.Then[1].With["a"]));
    }

    [Fact]
    public async Task A_rule_is_tried_on_the_last_tickets_and_changes_none()
    {
        var customer = await server.PersonAsync("Kim Ara", "customer");
        var hit = await server.OpenAsync(customer, "The printer is on fire");
        var missed = await server.OpenAsync(customer, "The printer is cold");

        var (status, html) = await PostAsync(
            "Try",
            null,
            ("name-en", "Fires"),
            ("when.0.on", "opened"),
            ("if", "summary ~ fire"),
            ("then.0.do", "priority"),
            ("then.0.priority", "critical"),
            ("then.1.do", "transition"),
            ("then.1.to", "resolved")
        );

        Assert.Equal(HttpStatusCode.OK, status);
        var tried = html[html.IndexOf("id=\"trial\"", StringComparison.Ordinal)..];
        Assert.Contains(hit.Key.ToString(), tried, StringComparison.Ordinal);
        Assert.Contains(missed.Key.ToString(), tried, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(tried, "chip tone-red", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var now = (await server.Tickets.GetAsync(hit.Id))!.State;
        Assert.Equal(hit.Version, now.Version);
    }

    [Theory]
    [InlineData("en", "the script “Long enough” says yes", "run the script “Tells someone” (text: About")]
    [InlineData("ko", "스크립트 “충분히 김”의 결과가 참", "스크립트 “누군가에게 알림” 실행(text: About")]
    public async Task Scripts_are_chosen_with_their_arguments(string language, string asks, string runs)
    {
        await SaveAsync(Script("long-enough", "return ticket.summary.length > 3;", "Long enough", "충분히 김"));
        await SaveAsync(Script("tells", "ticket.note(argument.text);", "Tells someone", "누군가에게 알림"));
        await SaveAsync(Script("by-itself", "", "By itself", "혼자") with { Use = ScriptUse.Library });
        (string, string)[] written =
        [
            ("name-en", "Asks"),
            ("when.0.on", "opened"),
            ("script", "long-enough"),
            ("then.0.do", "script"),
            ("then.0.script", "tells"),
            ("then.0.argument", "text"),
            ("then.0.argument-value", "About {{ticket.summary}}"),
            ("then.0.argument", ""),
            ("then.0.argument-value", ""),
        ];

        var html = WebUtility.HtmlDecode((await PostAsync("Shape", null, language, written)).Html);

        Assert.Contains(asks, html, StringComparison.Ordinal);
        Assert.Contains(runs, html, StringComparison.Ordinal);
        Assert.Matches(
            "name=\"script\"[^>]*>.*selected=\"selected\" value=\"long-enough\"",
            html.ReplaceLineEndings(" ")
        );
        Assert.DoesNotContain("value=\"by-itself\"", html, StringComparison.Ordinal);
        // One row for the argument, and an open one.
        Assert.Equal(2, html.Split("name=\"then.0.argument\"").Length - 1);
        Assert.DoesNotContain("[rule.", html, StringComparison.Ordinal);

        var (status, _) = await PostAsync("Publish", null, written);
        Assert.Equal(HttpStatusCode.Redirect, status);
        var configuration = server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        Assert.True(configuration.TryGet<RuleDocument>("asks", out var rule));
        Assert.Equal(("long-enough", "tells"), (rule.Script, rule.Then[0].Script));
        Assert.Equal("About {{ticket.summary}}", Assert.Single(rule.Then[0].With).Value);
    }

    [Fact]
    public async Task What_cannot_be_called_is_refused_and_an_argument_needs_a_name()
    {
        await SaveAsync(Script("by-itself", "", "By itself", "혼자") with { Use = ScriptUse.Library });
        (string, string)[] written = [("name-en", "Asks"), ("when.0.on", "opened"), ("then.0.do", "script")];

        var library = await PostAsync("Compare", null, [.. written, ("then.0.script", "by-itself")]);
        var nothing = await PostAsync("Compare", null, written);
        var nameless = await PostAsync(
            "Compare",
            null,
            [.. written, ("then.0.argument", " "), ("then.0.argument-value", "lost words")]
        );

        Assert.All(
            new[] { library, nothing, nameless },
            answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status)
        );
        Assert.Contains("lost words", nameless.Html, StringComparison.Ordinal);
        // What was chosen stays, although it is not offered.
        Assert.Contains("selected=\"selected\" value=\"by-itself\"", library.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_asks_the_script_and_runs_scripts_dry()
    {
        await SaveAsync(Script("fires", "return ticket.summary.includes('fire');", "Fires", "화재"));
        await SaveAsync(Script("tells", "ticket.note(argument.text);", "Tells", "알림"));
        var customer = await server.PersonAsync("Kim Ara", "customer");
        var hit = await server.OpenAsync(customer, "The printer is on fire");
        await server.OpenAsync(customer, "The printer is cold");
        (string, string)[] written =
        [
            ("name-en", "Fires"),
            ("when.0.on", "opened"),
            ("if", "summary ~ printer"),
            ("script", "fires"),
            ("then.0.do", "script"),
            ("then.0.script", "tells"),
            ("then.0.argument", "text"),
            ("then.0.argument-value", "{{ticket.key}}"),
        ];

        var (status, html) = await PostAsync("Try", null, written);

        Assert.Equal(HttpStatusCode.OK, status);
        var tried = WebUtility.HtmlDecode(html[html.IndexOf("id=\"trial\"", StringComparison.Ordinal)..]);
        Assert.Equal(2, tried.Split("the script “Fires”").Length - 1);
        Assert.Matches("true</span> the script “Fires” <span class=\"quiet\">true<", tried);
        Assert.Matches("false</span> the script “Fires” <span class=\"quiet\">false<", tried);
        Assert.Single(Regex.Matches(tried, "— <strong>done</strong>", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal(hit.Version, (await server.Tickets.GetAsync(hit.Id))!.State.Version);
        var runs = server.Services.GetRequiredService<IScriptStore>();
        Assert.Empty(await runs.RunsAsync("fires", 10));

        await SaveAsync(Script("fires", "nonsense();", "Fires", "화재"));
        (_, html) = await PostAsync("Try", null, written);
        tried = html[html.IndexOf("id=\"trial\"", StringComparison.Ordinal)..];
        Assert.Contains("nonsense is not defined", tried, StringComparison.Ordinal);
        Assert.Contains("The script of its condition failed", tried, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_as_somebody_who_is_missing_does_nothing()
    {
        await server.OpenAsync(await server.PersonAsync("Kim Ara", "customer"), "Printer");

        var (_, html) = await PostAsync(
            "Try",
            null,
            ("name-en", "Missing"),
            ("actor", "nobody@example.test"),
            ("when.0.on", "opened"),
            ("then.0.do", "priority"),
            ("then.0.priority", "critical")
        );

        var tried = html[html.IndexOf("id=\"trial\"", StringComparison.Ordinal)..];
        Assert.Contains("Its person is missing", tried, StringComparison.Ordinal);
        Assert.DoesNotContain("rule-actions", tried, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Every_word_of_a_rule_has_a_sentence(string language)
    {
        var texts = server.Services.GetRequiredService<TextCatalogue>();
        string[] plain = [TriggerWords.Opened, TriggerWords.Changed, TriggerWords.Manual];
        var keys = TriggerWords
            .All.Select(word => $"rule.kind-{word}")
            .Concat(plain.Select(word => $"rule.when-{word}"))
            .Concat(ActionWords.All.SelectMany(word => new[] { $"rule.act-{word}", $"rule.edit-do-{word}" }))
            .Concat(
                Enum.GetNames<RuleOutcome>()
                    .Select(name => $"rule.outcome-{JsonNamingPolicy.KebabCaseLower.ConvertName(name)}")
            );

        var kinds = DocumentKinds.All.Select(kind => $"administration.kind-{kind}");

        Assert.All(keys.Concat(kinds), key => Assert.NotNull(texts.Find(language, key)));
    }

    [Fact]
    public async Task A_secret_is_written_and_never_read_again()
    {
        const string First = "first secret of the hook";
        (string, string)[] written =
        [
            ("name-en", "Hook"),
            ("when.0.on", "opened"),
            ("then.0.drawn", "0"),
            ("then.0.do", "webhook"),
            ("then.0.url", "https://hooks.example.com/"),
        ];
        var shaped = await ShapeAsync("add-when", [.. written, ("then.0.secret", First)]);
        Assert.DoesNotContain(First, shaped, StringComparison.Ordinal);
        var rest = WebUtility.HtmlDecode(RestField().Match(shaped).Groups["rest"].Value);

        // The form that was drawn carries the name, whoever keeps or publishes it.
        await PostAsync("Draft", null, [.. written, ("rest", rest)]);
        var draft = Assert.Single(await server.Services.GetRequiredService<IRuleDrafts>().AllAsync(default));
        await PostAsync("Publish", "hook", [.. written, ("rest", rest)]);
        var first = await SecretAsync();
        var (unkept, told) = await PostAsync("Draft", "hook", [.. written, ("rest", rest), ("then.0.secret", "short")]);
        var (status, compared) = await PostAsync(
            "Compare",
            "hook",
            [.. written, ("rest", rest), ("then.0.secret", "short"), ("version", "1")]
        );

        Assert.Contains("secretName", draft.Document, StringComparison.Ordinal);
        Assert.DoesNotContain(First, draft.Document, StringComparison.Ordinal);
        Assert.Equal(First, first);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unkept);
        Assert.Contains("Must have at least 16 characters", told, StringComparison.Ordinal);
        Assert.DoesNotContain("\"short\"", WebUtility.HtmlDecode(told), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.DoesNotContain("\"short\"", WebUtility.HtmlDecode(compared), StringComparison.Ordinal);

        async Task<string?> SecretAsync()
        {
            var snapshot = server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
            Assert.True(snapshot.TryGet<RuleDocument>("hook", out var rule));
            Assert.Null(rule.Then[0].Secret);
            return await server.Services.GetRequiredService<WebhookSecrets>().OfAsync(rule.Then[0], default);
        }
    }

    [Fact]
    public async Task A_recipe_is_made_of_what_there_is()
    {
        var list = await client.GetStringAsync("/administration/rules/recipes?lang=en");

        Assert.Contains("recipe-tell-watchers", list, StringComparison.Ordinal);
        // It needs the field of the plugin that knows contracts.
        Assert.Contains("recipe-vip-by-plan", list, StringComparison.Ordinal);
        await using var alone = await HostUnderTest.CreateAsync();
        var without = alone.Get<RuleRecipes>().For(alone.Get<ICurrentConfiguration>().Snapshot);
        Assert.Contains(without, recipe => recipe.Id == "close-after-resolution");
        Assert.DoesNotContain(without, recipe => recipe.Id == "vip-by-plan");
        var with = server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        var language = server.Services.GetRequiredService<QueryLanguage>();
        Assert.All(
            server.Services.GetRequiredService<RuleRecipes>().For(with),
            recipe => Assert.Null(language.CheckCondition(recipe.Rule.Condition, with))
        );
        var form = await client.GetStringAsync("/administration/rules/edit?recipe=route-by-error-number&lang=en");
        Assert.Contains("ERR-1042", form, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.OK,
            (await client.GetAsync("/administration/rules/edit?recipe=nonsense")).StatusCode
        );
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/administration/rules/edit/nothing")).StatusCode);
    }

    [Fact]
    public async Task A_recipe_lacks_nothing_but_what_it_leaves_open_and_the_editor_says_that()
    {
        var editor = server.Services.GetRequiredService<IConfigurationEditor>();
        var documents = server.Services.GetRequiredService<DocumentText>();
        var snapshot = server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        var recipes = server.Services.GetRequiredService<RuleRecipes>().For(snapshot);
        Assert.Equal(7, recipes.Count);
        foreach (var (id, rule) in recipes)
        {
            var open = rule.Then.Index().Where(one => IsOpen(one.Item)).Select(one => $"/then/{one.Index}/assignee");
            var filled = rule with
            {
                Then = rule
                    .Then.Select(action => IsOpen(action) ? action with { Assignee = "lead" } : action)
                    .ToValueList(),
            };

            Assert.Equal(open, (await ProblemsAsync(rule)).Select(problem => problem.Path));
            Assert.Empty(await ProblemsAsync(filled));
            var form = await client.GetStringAsync($"/administration/rules/edit?recipe={id}&lang=en");
            Assert.Equal(open.Any(), form.Contains("id=\"rule-open\"", StringComparison.Ordinal));
            Assert.All(open, place => Assert.Contains($"<code>{place}</code>", form, StringComparison.Ordinal));
        }

        Task<IReadOnlyList<DocumentProblem>> ProblemsAsync(RuleDocument rule) =>
            editor.ProblemsOfAsync(documents, rule, admin.Id, default);

        static bool IsOpen(RuleAction action) => action is { Do: "assign", Assignee: null, Team: null };
    }

    private async Task SaveAsync(ScriptDocument script)
    {
        var outcome = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                server.Services.GetRequiredService<DocumentText>().ToYaml(script),
                null,
                new ConfigurationAuthor(admin.Id, null, null)
            );
        Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
    }

    private ScriptDocument Script(string id, string source, string english, string korean) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(english, korean),
            Use = ScriptUse.Called,
            Actor = admin.Email,
            Source = source,
        };

    private Task<string> ShapeAsync(string op, params (string Name, string Value)[] fields) =>
        page.ShapeAsync(op, fields);

    private Task<(HttpStatusCode Status, string Html)> PostAsync(
        string handler,
        string? id,
        params (string Name, string Value)[] fields
    ) => page.PostAsync(handler, id, "en", fields);

    private Task<(HttpStatusCode Status, string Html)> PostAsync(
        string handler,
        string? id,
        string language,
        (string Name, string Value)[] fields
    ) => page.PostAsync(handler, id, language, fields);

    [GeneratedRegex("name=\"seen\" value=\"(?<tag>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex SeenField();

    [GeneratedRegex("name=\"rest\" value=\"(?<rest>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex RestField();
}
