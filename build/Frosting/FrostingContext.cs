using Cake.Core;

namespace Cake.Frosting;

/// <summary>A context of a Frosting host.</summary>
public interface IFrostingContext : ICakeContext;

/// <summary>The context that tasks get; derive from it to give them more.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
