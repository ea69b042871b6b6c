using System.Text;

namespace Pipeline.Export;

/// <summary>A module of PyTorch as the Python expression that makes it.</summary>
/// <param name="Callee">What is called: a class, or a function that gives a module.</param>
/// <param name="Arguments">The arguments within a line, for a module without children.</param>
/// <param name="Children">The modules that it is made of, each with the name of its argument, or null for a positional one.</param>
/// <param name="Class">The definition of what is called, where torch.nn doesn't have it.</param>
internal sealed record PyTorchModule(
    string Callee,
    string Arguments,
    IReadOnlyList<(string? Name, PyTorchModule Module)> Children,
    PyTorchClass? Class
)
{
    /// <summary>A module without children, of a class in torch.nn.</summary>
    public static PyTorchModule Of(string callee, params IEnumerable<string> arguments) =>
        new($"nn.{callee}", string.Join(", ", arguments), [], null);

    /// <summary>A module without children, of a class that the file defines.</summary>
    public static PyTorchModule Of(PyTorchClass callee, params IEnumerable<string> arguments) =>
        new(callee.Name, string.Join(", ", arguments), [], callee);

    /// <summary>The module that applies others one after the other. Names that count from 0 are those which positions have.</summary>
    public static PyTorchModule Sequential(IReadOnlyList<(string Name, PyTorchModule Module)> children) =>
        children.Select((child, i) => child.Name == $"{i}").All(counts => counts)
            ? new("nn.Sequential", "", [.. children.Select(child => ((string?)null, child.Module))], null)
            : new(
                PyTorchClasses.Named.Name,
                "",
                [.. children.Select(child => ((string?)child.Name, child.Module))],
                PyTorchClasses.Named
            );

    /// <summary>The definitions that the expression needs.</summary>
    public IEnumerable<PyTorchClass> Classes =>
        Children.SelectMany(child => child.Module.Classes).Concat(Class is null ? [] : [Class]).Distinct();

    /// <summary>Writes the children, each on lines of its own.</summary>
    public void WriteChildren(StringBuilder text, int indentation)
    {
        foreach (var (name, module) in Children)
        {
            text.Append(' ', indentation)
                .Append(name is null ? "" : $"{name}=")
                .Append(module.Callee)
                .Append('(')
                .Append(module.Arguments);
            if (module.Children.Count > 0)
            {
                text.Append('\n');
                module.WriteChildren(text, indentation + 4);
                text.Append(' ', indentation);
            }
            text.Append("),\n");
        }
    }
}
