using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>
/// A handler of a page that needs a text, such as the status to move to, is not called without one: the form that left it
/// out, or sent nothing but spaces, is answered 400. Holds for the pages of plugins as well.
/// </summary>
internal sealed class RequiredArguments : IPageFilter
{
    private readonly ConcurrentDictionary<MethodInfo, string[]> required = new();

    /// <inheritdoc/>
    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    /// <inheritdoc/>
    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (
            context.HandlerMethod is { } handler
            && required
                .GetOrAdd(handler.MethodInfo, _ => RequiredOf(handler))
                .Any(name => !context.HandlerArguments.TryGetValue(name, out var value) || value is null)
        )
        {
            context.Result = new StatusCodeResult(StatusCodes.Status400BadRequest);
        }
    }

    /// <inheritdoc/>
    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }

    // Read anew for each handler: the context of nullability is not made for many threads.
    private static string[] RequiredOf(HandlerMethodDescriptor handler)
    {
        var nullability = new NullabilityInfoContext();
        return
        [
            .. handler
                .Parameters.Where(parameter =>
                    !parameter.ParameterInfo.ParameterType.IsValueType
                    && !parameter.ParameterInfo.HasDefaultValue
                    && nullability.Create(parameter.ParameterInfo).WriteState == NullabilityState.NotNull
                )
                .Select(parameter => parameter.Name),
        ];
    }
}
