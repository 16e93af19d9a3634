using System.Globalization;
using Microsoft.AspNetCore.Html;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Workflows;

/// <summary>What the controls of a workflow's editor offer.</summary>
public sealed class WorkflowForms(
    RuleVocabulary vocabulary,
    ICurrentConfiguration configuration,
    IPeopleStore people,
    ITexts texts
)
{
    private RulePhrases? phrases;
    private RuleChoices? choices;

    /// <summary>Looks up what is offered.</summary>
    /// <param name="shape">Where the form is drawn anew.</param>
    /// <param name="form">The form's place in the page.</param>
    /// <param name="completion">Where queries are completed.</param>
    public async Task PrepareAsync(string shape, string form, string completion, CancellationToken cancellation)
    {
        choices = new RuleChoices(texts, vocabulary, configuration.Snapshot);
        phrases = new RulePhrases(
            texts,
            vocabulary,
            choices,
            new RuleControls(shape, form),
            [.. (await people.TeamsAsync(cancellation)).Select(team => team.Name)],
            new HashSet<string>(),
            completion
        );
    }

    /// <summary>An action that follows a transition, as a sentence of choices.</summary>
    public IHtmlContent Then(int number, RuleAction action) =>
        phrases!.Action(
            string.Create(CultureInfo.InvariantCulture, $"{WorkflowForm.Item}.then.{number}"),
            action,
            without: TransitionRules.Without
        );

    /// <summary>The fields.</summary>
    public IEnumerable<RuleOption> Fields => choices!.Fields();

    /// <summary>The roles.</summary>
    public IEnumerable<RuleOption> Roles => choices!.Named<RoleDocument>();

    /// <summary>The approval policies.</summary>
    public IEnumerable<RuleOption> Policies => choices!.Named<ApprovalDocument>();

    /// <summary>The scripts that can be called.</summary>
    public IEnumerable<RuleOption> Scripts => choices!.Scripts();

    /// <summary>The relations of plugins.</summary>
    public IEnumerable<RuleOption> Relations =>
        vocabulary.Relations.Select(relation => new RuleOption(relation.Id, texts[relation.NameKey]));

    /// <summary>The ways of a relation, any first.</summary>
    public IReadOnlyList<RuleOption> Ways(string relation) => [.. choices!.Ways(relation)];
}
