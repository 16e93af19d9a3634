using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Branding;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>How the help centre looks and greets: its name, words, pictures and colour, and how well that reads.</summary>
[Authorize(Policy = Permissions.Configure)]
[RequestSizeLimit(LargestForm)]
public sealed class HelpCentreEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    ITexts texts
) : PageModel
{
    private const int LargestForm = 2 * 1024 * 1024;

    private static readonly string[] Languages = ["en", "ko"];

    private HelpCentreDocument current = new() { Id = HelpCentreDocument.Only, Name = LocalizedText.Of("") };

    /// <summary>The version that the form was drawn from; 0 when nothing was configured.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    [BindProperty(Name = "accent")]
    public string? Accent { get; set; }

    [BindProperty(Name = "layout")]
    public HelpCentreLayout Layout { get; set; }

    [BindProperty(Name = "logo")]
    public IFormFile? Logo { get; set; }

    [BindProperty(Name = "banner")]
    public IFormFile? Banner { get; set; }

    /// <summary>Whether the logo goes.</summary>
    [BindProperty(Name = "noLogo")]
    public bool NoLogo { get; set; }

    /// <summary>Whether the banner goes.</summary>
    [BindProperty(Name = "noBanner")]
    public bool NoBanner { get; set; }

    /// <summary>What stands now.</summary>
    public HelpCentreDocument Current => current;

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>The accent as pages show it; null for the product's own.</summary>
    public BrandColor? Shown => BrandColor.From(Accent);

    /// <summary>A text of the form: what was typed, else what stands.</summary>
    /// <param name="part"><c>name</c>, <c>title</c>, <c>lead</c> or <c>message</c>.</param>
    public string Text(string part, string language) =>
        Request.HasFormContentType
            ? Request.Form[NameOf(part, language)].ToString()
            : (
                part switch
                {
                    "name" => current.Name,
                    "title" => current.Title,
                    "lead" => current.Lead,
                    _ => current.SignInMessage,
                }
            )?.Texts.Find(language) ?? "";

    /// <summary>The name of its input.</summary>
    public static string NameOf(string part, string language) => $"{part}-{language}";

    public void OnGet()
    {
        Read();
        (Accent, Layout) = (current.Accent, current.Layout);
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var version = Version;
        Read();
        var document = current with
        {
            Name = Typed("name") ?? LocalizedText.Of("ServiceDesk"),
            Title = Typed("title"),
            Lead = Typed("lead"),
            SignInMessage = Typed("message"),
            Accent = string.IsNullOrWhiteSpace(Accent) ? null : Accent.Trim(),
            Layout = Layout,
            Logo = await PictureAsync("logo", Logo, NoLogo, current.Logo, BrandPicture.LargestLogo, cancellation),
            Banner = await PictureAsync(
                "banner",
                Banner,
                NoBanner,
                current.Banner,
                BrandPicture.LargestBanner,
                cancellation
            ),
        };
        if (!Errors.Any)
        {
            var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, null);
            var outcome = await editor.SaveAsync(documents.ToYaml(document), version, author, cancellation);
            if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
            {
                TempData["Done"] = texts["administration.saved"];
                return RedirectToPage();
            }

            Tell(outcome);
        }

        Version = version;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private void Tell(ConfigurationOutcome outcome)
    {
        if (outcome.Status == ConfigurationStatus.Conflict)
        {
            Errors.Add(null, "administration.conflict");
        }

        foreach (var (problem, field) in outcome.Problems.Select(found => (found.Problem, FieldOf(found.Problem.Path))))
        {
            Errors.Add(field, problem.Code, [.. problem.Arguments]);
        }
    }

    // "/title/ko" is told at the input of the part, in its first language when the problem is of the whole.
    private static string? FieldOf(string path) =>
        path.Split('/') switch
        {
            ["", "accent" or "logo" or "banner", ..] parts => parts[1],
            ["", "signInMessage", .. var rest] => NameOf("message", rest.FirstOrDefault() ?? Languages[0]),
            ["", "name" or "title" or "lead", .. var rest] parts => NameOf(
                parts[1],
                rest.FirstOrDefault() ?? Languages[0]
            ),
            _ => null,
        };

    private void Read()
    {
        var snapshot = configuration.Snapshot;
        if (snapshot.TryGet<HelpCentreDocument>(HelpCentreDocument.Only, out var found))
        {
            current = found;
            Version = snapshot.VersionOf<HelpCentreDocument>(HelpCentreDocument.Only);
        }
    }

    private LocalizedText? Typed(string part)
    {
        var typed = Languages
            .Select(language => (Language: language, Text: Text(part, language).ReplaceLineEndings("\n").Trim()))
            .Where(one => one.Text.Length > 0)
            .Aggregate(ValueMap<string>.Empty, (map, one) => map.SetItem(one.Language, one.Text));
        return typed.Count == 0 ? null : new LocalizedText(typed);
    }

    private async Task<string?> PictureAsync(
        string field,
        IFormFile? sent,
        bool goes,
        string? kept,
        int most,
        CancellationToken cancellation
    )
    {
        if (sent is not { Length: > 0 })
        {
            return goes ? null : kept;
        }

        if (sent.Length > most)
        {
            Errors.Add(field, "configuration.picture-too-large", $"{most / 1024}");
            return kept;
        }

        using var bytes = new MemoryStream();
        await sent.CopyToAsync(bytes, cancellation);
        if (BrandPicture.Of(bytes.ToArray()) is { } picture)
        {
            return picture.Text;
        }

        Errors.Add(field, "configuration.picture-wrong");
        return kept;
    }
}
