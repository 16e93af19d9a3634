using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Reactions.Rules.Editing;
using ServiceDesk.Host.Reactions.Rules.Recipes;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A rule as a sentence of choices: kept as a draft, tried on the last tickets, compared with what works, published.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class RuleEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    IRuleDrafts drafts,
    RuleDrafting drafting,
    RuleTrial trial,
    ActorQuestion actors,
    RuleRunLines lines,
    RuleSentences sentences,
    RuleVocabulary vocabulary,
    RuleRecipes recipes,
    DocumentText documents,
    WebhookSecrets secrets,
    IPeopleStore people,
    ITexts texts
) : PageModel
{
    private RulePhrases? phrases;

    /// <summary>The rule's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The template with which a new rule begins.</summary>
    [BindProperty(SupportsGet = true, Name = "recipe")]
    public string? Recipe { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a rule that was never published.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>The tag of the draft that the form was drawn from; null for none.</summary>
    [BindProperty(Name = "seen")]
    public string? Seen { get; set; }

    public RuleDocument Rule { get; private set; } = RuleIds.Blank();

    /// <summary>The rule as people read it.</summary>
    public RuleSentence Reading { get; private set; } = null!;

    /// <summary>The draft that is kept; null when there is none.</summary>
    public RuleDraft? Draft { get; private set; }

    /// <summary>What stands in the way of publishing.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; private set; } = [];

    /// <summary>What a template leaves to whoever takes it.</summary>
    public IReadOnlyList<DocumentProblem> Open { get; private set; } = [];

    public string? Notice { get; private set; }

    /// <summary>What publishing would change; null when it was not asked.</summary>
    public IReadOnlyList<ComparedLine>? Difference { get; private set; }

    /// <summary>What the rule would have done; null when it was not tried.</summary>
    public IReadOnlyList<RuleRunLine>? Tried { get; private set; }

    /// <summary>On how many tickets it was tried.</summary>
    public int TriedOn { get; private set; }

    /// <summary>Desks that there are.</summary>
    public IEnumerable<DeskDocument> Desks => configuration.Snapshot.All<DeskDocument>();

    /// <summary>The document as the form carries it along.</summary>
    public string Rest => documents.ToJson(WebhookSecrets.Without(Rule));

    /// <summary>Whether there is a script that rules can call.</summary>
    public bool HasScripts =>
        configuration.Snapshot.All<ScriptDocument>().Any(script => script.Use == ScriptUse.Called);

    public IHtmlContent Script() => phrases!.Script(Rule.Script);

    public IHtmlContent When(int number) => phrases!.Trigger($"when.{number}", Rule.When[number]);

    public IHtmlContent Do(string branch, int number) =>
        phrases!.Action($"{branch}.{number}", (branch == "else" ? Rule.Else : Rule.Then)[number]);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var published = Id is not null && configuration.Snapshot.TryGet<RuleDocument>(Id, out var found) ? found : null;
        Draft = Id is null ? null : await drafts.FindAsync(Id, cancellation);
        if (Id is not null && published is null && Draft is null)
        {
            return NotFound();
        }

        Version = Draft?.BaseVersion ?? VersionOf(Id);
        Seen = TagOf(Draft);
        var template = Recipe is null ? null : recipes.Find(Recipe, configuration.Snapshot);
        Rule = Written(Draft) ?? published ?? template ?? RuleIds.Blank() with { Order = NextOrder() };
        if (Rule == template)
        {
            var me = HttpContext.RequireViewer().Person.Id;
            Open = await editor.ProblemsOfAsync(documents, Rule, me, cancellation);
        }

        return await ShowAsync(cancellation);
    }

    /// <summary>Draws the form anew, after a choice or a button that changes its shape.</summary>
    public async Task<IActionResult> OnPostShapeAsync(string? op, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        Rule = RuleForm.Apply(Rule, op);
        Problems = [];
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostDraftAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        Problems = [.. Problems, .. WebhookSecrets.ProblemsOf(Rule)];
        if (Problems.Count > 0)
        {
            return await ShowAsync(cancellation);
        }

        var me = HttpContext.RequireViewer().Person.Id;
        Draft ??= await drafts.FindAsync(Rule.Id, cancellation);
        if (TagOf(Draft) != Seen || await drafting.KeepAsync(Rule, Draft, Version, me, cancellation) is null)
        {
            // Who has read that goes on, or writes over what is there now.
            Draft = await drafts.FindAsync(Rule.Id, cancellation);
            Seen = TagOf(Draft);
            Notice = texts["administration.conflict"];
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await ShowAsync(cancellation);
        }

        TempData["Done"] = texts["rule.draft-kept"];
        return RedirectToPage(new { id = Rule.Id });
    }

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellation)
    {
        if (Id is null)
        {
            return NotFound();
        }

        await drafts.RemoveAsync(Id, cancellation);
        TempData["Done"] = texts["rule.draft-gone"];
        return configuration.Snapshot.TryGet<RuleDocument>(Id, out _)
            ? RedirectToPage(new { id = Id })
            : RedirectToPage("/Administration/Rules");
    }

    public async Task<IActionResult> OnPostTryAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        await CheckAsync(cancellation);
        var viewer = HttpContext.RequireViewer();
        if (Problems.Count == 0 && await actors.AgainstAsync(viewer, Rule.Actor, cancellation) is { } against)
        {
            // One that is switched off, or was written by somebody else, is asked about here alone.
            Problems = [DocumentProblem.At("/actor", against.Code, [.. against.Arguments])];
        }

        if (Problems.Count == 0)
        {
            var report = await trial.RunAsync(Rule, viewer, cancellation);
            TriedOn = report.Tickets;
            Tried = await lines.WriteAsync(report.Runs, Rule, cancellation);
        }

        return await ShowAsync(cancellation);
    }

    /// <summary>Shows what publishing would change.</summary>
    public async Task<IActionResult> OnPostCompareAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        await CheckAsync(cancellation);
        if (Problems.Count == 0)
        {
            var before =
                Version == 0 ? null : await editor.YamlAtAsync(DocumentKinds.Rule, Rule.Id, Version, cancellation);
            Difference = ConfigurationComparison.Lines(before, documents.ToYaml(Rule));
        }

        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostPublishAsync(string? comment, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        if (Problems.Count > 0)
        {
            return await ShowAsync(cancellation);
        }

        var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, comment);
        var outcome = await drafting.PublishAsync(
            Rule,
            Version,
            TagOf(Draft) == Seen ? Draft : null,
            author,
            cancellation
        );
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                TempData["Done"] = texts["rule.published"];
                return RedirectToPage("/Administration/Rules", null, null, $"rule-{Rule.Id}");
            case ConfigurationStatus.Conflict:
                Notice = texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                break;
            default:
                Problems = [.. outcome.Problems.Select(problem => problem.Problem)];
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                break;
        }

        return await ShowAsync(cancellation);
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var form = new RuleForm(await Request.ReadFormAsync(cancellation), vocabulary);
        // Taken out at once, so that no page and no draft ever holds what was typed.
        Rule = await secrets.TakeOutAsync(form.Read(), isTrial: false, cancellation);
        Problems = form.Problems;
        if (Id is not null)
        {
            Rule = Rule with { Id = Id };
            Draft = await drafts.FindAsync(Id, cancellation);
        }
    }

    // As publishing would, without writing.
    private async Task CheckAsync(CancellationToken cancellation)
    {
        if (Problems.Count == 0)
        {
            var me = HttpContext.RequireViewer().Person.Id;
            Problems = await editor.ProblemsOfAsync(documents, Rule, me, cancellation);
        }
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        var teams = (await people.TeamsAsync(cancellation)).Select(team => team.Name).ToList();
        phrases = new RulePhrases(
            texts,
            vocabulary,
            new RuleChoices(texts, vocabulary, snapshot),
            new RuleControls(Url.Page("/Administration/RuleEditor", "Shape", new { id = Id })!),
            teams,
            await secrets.NamesAsync(cancellation),
            Url.Page("/Workspace/Complete")!
        );
        Reading = sentences.Write(Rule, snapshot);
        if (Problems.Count > 0 && Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }

    private static RuleDocument? Written(RuleDraft? draft) => draft is null ? null : RuleDrafting.Read(draft);

    private static string? TagOf(RuleDraft? draft) => draft is null ? null : DraftTag.Of(draft);

    private int VersionOf(string? id) => id is null ? 0 : drafting.VersionOf(id);

    private int NextOrder() =>
        RuleTriggers.InOrder(configuration.Snapshot).Select(rule => rule.Order).LastOrDefault(90) + 10;
}
