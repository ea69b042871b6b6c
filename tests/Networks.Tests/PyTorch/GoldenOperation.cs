using System.Text.Json;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Tests;

/// <summary>The operations that golden cases call. Arguments left out take PyTorch's defaults, which are the engine's.</summary>
internal static class GoldenOperation
{
    /// <summary>The operation that a call means.</summary>
    public static Operation Of(
        JsonElement call,
        Func<string, IReadOnlyList<(string Name, double? Default)>> parametersOf
    )
    {
        var name = call.GetProperty("op").GetString()!;
        var arguments = call.GetProperty("arguments");
        var parameters = parametersOf(name);
        Assert.All(
            arguments.EnumerateObject(),
            argument => Assert.Contains(parameters, parameter => parameter.Name == argument.Name)
        );
        return new(
            name,
            [
                .. parameters.Select(p =>
                    arguments.TryGetProperty(p.Name, out var given) ? given.GetDouble() : p.Default!.Value
                ),
            ]
        );
    }
}
