using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Host.Reactions.Rules.Recipes;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Rules to begin with. A click opens one in the editor; nothing is saved before.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class RuleRecipesModel(RuleRecipes recipes, RuleSentences sentences, ICurrentConfiguration configuration)
    : PageModel
{
    public IReadOnlyList<(RuleRecipe Recipe, RuleSentence Sentence)> Recipes { get; private set; } = [];

    public void OnGet()
    {
        var snapshot = configuration.Snapshot;
        Recipes = [.. recipes.For(snapshot).Select(recipe => (recipe, sentences.Write(recipe.Rule, snapshot)))];
    }
}
