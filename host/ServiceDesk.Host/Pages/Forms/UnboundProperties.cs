using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>
/// What a page shows is not what it takes: of a model's properties only those that say so are bound. The framework asks each of
/// them all the same, by the whole metadata of its model, which was a third of a server's start.
/// </summary>
internal sealed class UnboundProperties(IPageApplicationModelPartsProvider inner) : IPageApplicationModelPartsProvider
{
    /// <summary>Puts it in front of the framework's own.</summary>
    public static void Add(IServiceCollection services)
    {
        var own = services.Single(service => service.ServiceType == typeof(IPageApplicationModelPartsProvider));
        services.Replace(
            ServiceDescriptor.Singleton<IPageApplicationModelPartsProvider>(provider => new UnboundProperties(
                (IPageApplicationModelPartsProvider)ActivatorUtilities.CreateInstance(provider, own.ImplementationType!)
            ))
        );
    }

    public PageHandlerModel? CreateHandlerModel(MethodInfo method) => inner.CreateHandlerModel(method);

    public PageParameterModel CreateParameterModel(ParameterInfo parameter) => inner.CreateParameterModel(parameter);

    public bool IsHandler(MethodInfo methodInfo) => inner.IsHandler(methodInfo);

    public PagePropertyModel CreatePropertyModel(PropertyInfo property)
    {
        // The type of a file says where it comes from, and a model may bind all it has, which only the framework's way knows.
        if (
            property.PropertyType.Assembly == typeof(IFormFile).Assembly
            || property.DeclaringType!.IsDefined(typeof(BindPropertiesAttribute), inherit: true)
        )
        {
            return inner.CreatePropertyModel(property);
        }

        var attributes = property.GetCustomAttributes(inherit: true);
        return new PagePropertyModel(property, attributes)
        {
            PropertyName = property.Name,
            BindingInfo = BindingInfo.GetBindingInfo(attributes),
        };
    }
}
