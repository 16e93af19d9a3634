using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Plugins.Settings;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The settings of a plugin as a form that is drawn from its class; saved as a document, with history and rollback.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class PluginSettingsModel(PluginSettingsEditor editor, ITexts texts) : PageModel
{
    private IReadOnlyList<SettingInput> settings = [];
    private IReadOnlyDictionary<string, string> typed = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The plugin's display name.</summary>
    public string PluginName { get; private set; } = "";

    /// <summary>Why it was not saved.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>One input for each setting.</summary>
    public IReadOnlyList<FieldInput> Inputs =>
        [
            .. settings.Select(setting => new FieldInput(setting.Name, setting.Label, setting.Kind)
            {
                Value = typed.GetValueOrDefault(setting.Name, setting.Value),
                Help = setting.Help,
                Choices = setting.Choices,
                IsRequired = setting.IsRequired,
                Error = Errors[setting.Name],
            }),
        ];

    public IActionResult OnGet(string id) => Find(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellation)
    {
        if (!Find(id))
        {
            return NotFound();
        }

        // A check box that is not set is not sent.
        typed = settings.ToDictionary(
            setting => setting.Name,
            setting => Request.Form[setting.Name].LastOrDefault() ?? setting.WhenMissing,
            StringComparer.Ordinal
        );
        var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, null);
        var outcome = await editor.SaveAsync(id, typed, author, cancellation);
        if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
        {
            TempData["Done"] = texts["administration.saved"];
            return RedirectToPage("/Administration/Plugins");
        }

        Tell(outcome);
        return Page();
    }

    private bool Find(string id)
    {
        PluginName = editor.NameOf(id) ?? "";
        settings = editor.InputsOf(id) ?? [];
        return settings.Count > 0;
    }

    private void Tell(ConfigurationOutcome outcome)
    {
        Response.StatusCode =
            outcome.Status == ConfigurationStatus.Conflict
                ? StatusCodes.Status409Conflict
                : StatusCodes.Status422UnprocessableEntity;
        if (outcome.Status == ConfigurationStatus.Conflict)
        {
            Errors.Add(null, "administration.conflict");
        }

        const string Values = "/values/";
        foreach (var problem in outcome.Problems.Select(found => found.Problem))
        {
            var field = problem.Path.StartsWith(Values, StringComparison.Ordinal)
                ? problem.Path[Values.Length..]
                : null;
            Errors.Add(
                settings.Any(setting => setting.Name == field) ? field : null,
                problem.Code,
                [.. problem.Arguments]
            );
        }
    }
}
